import { and, eq } from "drizzle-orm";
import { withdrawalLines, withdrawals } from "../../drizzle/schema/withdrawals.ts";
import { haltFulfilment } from "../fulfilment/index.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { transition } from "../kernel/machine.ts";
import { findWithdrawal } from "./find-withdrawal.ts";
import { readOrderFacts } from "./order-facts.ts";
import { decideWithdrawal } from "./withdrawal-decision.ts";
import { withdrawalMachine } from "./withdrawal-status.ts";

/**
 * Decides a withdrawal that was received, by the rules alone (`decideWithdrawal`), against the facts of its order and the
 * instant it was received: accepted, for a person to look at, or refused because it came too late. Goods that have not
 * left are held back. Idempotent, locks the withdrawal. Worker only. Throws `withdrawals.not_found`.
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
        reviewReason: decision.reviewReason,
        refusal: refused ? "too_late" : null,
        completedAt: refused ? tx.scope.now : null,
      })
      .where(eq(withdrawals.id, withdrawalId));
    if (!refused) {
      const back = new Set(decision.lines.filter((line) => line.inTime).map((line) => line.lineId));
      const goods = facts.perLine.filter((line) => line.kind === "goods");
      if (goods.some((line) => back.has(line.lineId)))
        await haltFulfilment(tx, withdrawal.orderId, {
          nothingLeft: goods.every((line) => back.has(line.lineId)),
          cause: `withdrawal ${withdrawalId}`,
        });
    }
    const event = { accepted: "accepted", needs_review: "review_needed", refused: "refused" } as const;
    await transition(tx, withdrawalMachine, {
      id: withdrawalId,
      event: event[decision.outcome],
      ...(decision.reviewReason ? { reason: decision.reviewReason } : refused ? { reason: "too_late" } : {}),
    });
  });
}
