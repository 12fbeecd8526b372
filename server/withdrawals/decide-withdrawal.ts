import { and, eq, inArray } from "drizzle-orm";
import { orderLines } from "../../drizzle/schema/orders.ts";
import { withdrawalLines, withdrawals } from "../../drizzle/schema/withdrawals.ts";
import { haltFulfilment } from "../fulfilment/index.ts";
import { restockOrder } from "../inventory/index.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { transition } from "../kernel/machine.ts";
import { findWithdrawal } from "./find-withdrawal.ts";
import { readOrderFacts } from "./order-facts.ts";
import { settleStatements } from "./settle-statements.ts";
import { decideWithdrawal } from "./withdrawal-decision.ts";
import { withdrawalMachine } from "./withdrawal-status.ts";

/**
 * Decides a withdrawal that was received, by the rules alone (`decideWithdrawal`), against the facts of its order and the
 * instant it was received: accepted, for a person to look at, or refused because it came too late. Goods that have not
 * left are held back and lie on the shelf again. What else was said about an order of which nothing is left closes itself. Idempotent, locks the withdrawal. Worker only. Throws `withdrawals.not_found`.
 */
export async function decideReceivedWithdrawal(ctx: Ctx, { withdrawalId }: { withdrawalId: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { withdrawal, lineIds } = await findWithdrawal(tx, withdrawalId, { lock: true });
    if (withdrawal.status !== "received") return;
    const facts = await readOrderFacts(tx, withdrawal.orderId);
    const decision = decideWithdrawal(
      facts.perLine.filter((line) => lineIds.includes(line.lineId)),
      { receivedAt: withdrawal.receivedAt, payment: facts.standing, currency: withdrawal.currency },
    );
    for (const line of decision.lines) {
      await tx
        .update(withdrawalLines)
        .set({ refundAmount: line.refundAmount })
        .where(and(eq(withdrawalLines.withdrawalId, withdrawalId), eq(withdrawalLines.orderLineId, line.lineId)));
    }
    const refused = decision.outcome === "refused";
    await tx
      .update(withdrawals)
      .set({
        refundAmount: decision.refundAmount,
        creditAmount: decision.creditAmount,
        reviewReason: decision.reviewReason,
        refusal: refused ? "too_late" : null,
        completedAt: refused ? tx.scope.now : null,
      })
      .where(eq(withdrawals.id, withdrawalId));
    if (!refused) {
      const back = new Set(decision.lines.filter((line) => line.inTime).map((line) => line.lineId));
      const goods = facts.perLine.filter((line) => line.kind === "goods");
      const stay = goods.filter((line) => back.has(line.lineId));
      const here =
        stay.length > 0 &&
        (await haltFulfilment(tx, withdrawal.orderId, {
          nothingLeft: stay.length === goods.length,
          cause: `withdrawal ${withdrawalId}`,
        }));
      if (here)
        await putBack(
          tx,
          withdrawal,
          stay.map((line) => line.lineId),
        );
    }
    const event = { accepted: "accepted", needs_review: "review_needed", refused: "refused" } as const;
    await transition(tx, withdrawalMachine, {
      id: withdrawalId,
      event: event[decision.outcome],
      ...(decision.reviewReason ? { reason: decision.reviewReason } : refused ? { reason: "too_late" } : {}),
    });
    await settleStatements(tx, withdrawal.orderId);
  });
}

async function putBack(tx: Tx, { id, orderId }: { id: string; orderId: string }, lineIds: string[]): Promise<void> {
  const items = await tx
    .select({ variantId: orderLines.variantId, quantity: orderLines.quantity })
    .from(orderLines)
    .where(and(eq(orderLines.orderId, orderId), inArray(orderLines.id, lineIds)));
  await restockOrder(tx, { orderId, key: id, items });
}
