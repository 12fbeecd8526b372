import { eq } from "drizzle-orm";
import { refunds } from "../../drizzle/schema/refunds.ts";
import { withdrawals } from "../../drizzle/schema/withdrawals.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { transition } from "../kernel/machine.ts";
import { addRefund } from "../payments/index.ts";
import { findWithdrawal } from "./find-withdrawal.ts";
import { type OrderFacts, readOrderFacts } from "./order-facts.ts";
import { namedShares, refundShares } from "./refund-shares.ts";
import { withdrawalMachine } from "./withdrawal-status.ts";

/**
 * Writes the refunds of a withdrawal that was accepted or approved: from the newest payment back, one intent each. What
 * succeeded or is under way is not asked for again, nor what staff paid back for the same lines meanwhile; one that failed
 * is, once a person approved it. Each names the lines that it carries. With nothing to pay back it is done; when the
 * payments do not hold so much any more a person looks. Idempotent, locks the withdrawal. Worker only. Throws
 * `withdrawals.not_found`.
 */
export async function refundWithdrawal(ctx: Ctx, { withdrawalId }: { withdrawalId: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { withdrawal, lines } = await findWithdrawal(tx, withdrawalId, { lock: true });
    if (withdrawal.status !== "refunding") return;
    const before = await tx
      .select({ status: refunds.status, amount: refunds.amount, lines: refunds.lines })
      .from(refunds)
      .where(eq(refunds.withdrawalId, withdrawalId));
    const failed = before.filter((one) => one.status === "failed").length;
    const underWay = before.reduce((total, one) => total + (one.status === "failed" ? 0 : one.amount), 0);
    const facts = await readOrderFacts(tx, withdrawal.orderId);
    const named = before.filter((one) => one.status !== "failed").flatMap((one) => one.lines);
    const parts = lines.map(({ orderLineId, refundAmount }) => {
      const bought = facts.lines.find((one) => one.id === orderLineId);
      const paid = facts.perLine.find((one) => one.lineId === orderLineId)?.paid ?? 0;
      const ours = named.filter((part) => part.orderLineId === orderLineId);
      const asked = ours.reduce((total, part) => total + part.amount, 0);
      const pieces = ours.reduce((total, part) => total + part.quantity, 0);
      // While a person was asked, the same line may have been paid back by hand: it is not paid back twice.
      const owed = Math.min(refundAmount ?? 0, paid + asked);
      return { orderLineId, quantity: Math.max(0, (bought?.quantity ?? 0) - pieces), owed, amount: owed - asked };
    });
    const sum = parts.reduce((total, { owed }) => total + owed, 0) - underWay;
    if (sum <= 0 && before.some((one) => one.status !== "succeeded" && one.status !== "failed")) return;
    if (sum <= 0) {
      await tx.update(withdrawals).set({ completedAt: tx.scope.now }).where(eq(withdrawals.id, withdrawalId));
      return transition(tx, withdrawalMachine, {
        id: withdrawalId,
        event: "refunded",
        reason: "nothing is owed any more",
      });
    }
    const shares = refundShares(sum, leftOf(facts));
    if (!shares) {
      await tx.update(withdrawals).set({ reviewReason: "refund_failed" }).where(eq(withdrawals.id, withdrawalId));
      return transition(tx, withdrawalMachine, {
        id: withdrawalId,
        event: "review_needed",
        reason: "the payments hold less than what is owed",
      });
    }
    const wanted = parts.map(({ orderLineId, quantity, amount }) => ({ orderLineId, quantity, amount }));
    for (const { paymentId, amount, lines: carried } of namedShares(shares, wanted)) {
      await addRefund(tx, {
        paymentId,
        orderId: withdrawal.orderId,
        withdrawalId,
        amount,
        currency: withdrawal.currency,
        lines: carried,
        reason: "withdrawal",
        idempotencyKey: `withdrawal:${withdrawalId}:${paymentId}:${failed}`,
      });
    }
  });
}

const leftOf = (facts: OrderFacts) =>
  facts.payments
    .filter((payment) => payment.status === "paid" || payment.status === "partially_refunded")
    .map((payment) => ({ paymentId: payment.id, left: payment.amount - payment.refundedAmount }));
