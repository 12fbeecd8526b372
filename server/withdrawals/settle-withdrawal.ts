import { eq } from "drizzle-orm";
import { refunds } from "../../drizzle/schema/refunds.ts";
import { withdrawals } from "../../drizzle/schema/withdrawals.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { transition } from "../kernel/machine.ts";
import { findWithdrawal } from "./find-withdrawal.ts";
import { planApproval } from "./lower-parts.ts";
import { noteLowered } from "./note-lowered.ts";
import { readOwed } from "./read-owed.ts";
import { withdrawalMachine } from "./withdrawal-status.ts";

/**
 * Follows a refund that came to its end: the withdrawal it belongs to is done once all of them are, and needs a person
 * when one failed, also long after: a bank may send the money back. A refund of something else is left alone. Idempotent, locks the withdrawal. Worker only.
 */
export async function settleWithdrawal(ctx: Ctx, { refundId }: { refundId: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [refund] = await tx
      .select({ withdrawalId: refunds.withdrawalId })
      .from(refunds)
      .where(eq(refunds.id, refundId));
    if (!refund?.withdrawalId) return;
    const { withdrawal: found, lines } = await findWithdrawal(tx, refund.withdrawalId, { lock: true });
    const owed = await readOwed(tx, found, lines);
    const withdrawal = await noteLowered(tx, found, owed);
    const { status } = withdrawal;
    if (status !== "refunding" && status !== "refunded") return;
    const { amount, failureCode, idempotencyKey } = refunds;
    const all = await tx
      .select({ status: refunds.status, amount, failureCode, idempotencyKey })
      .from(refunds)
      .where(eq(refunds.withdrawalId, withdrawal.id));
    const standing = all.filter((one) => one.status !== "failed");
    const paidBack = standing.reduce((total, one) => total + one.amount, 0) >= (withdrawal.refundAmount ?? 0);
    // The rest of it went back in another way, which a person saw who approved it again.
    const lastTry = Math.max(...all.map(tryOf));
    const anew = all.every((one) => one.status !== "failed" || tryOf(one) < lastTry);
    const covered = paidBack || (anew && planApproval(owed).whole === 0);
    // One that failed and was made anew since is no matter for a person any more.
    const failed = covered ? undefined : all.find((one) => one.status === "failed");
    if (failed) {
      const again = { reviewReason: "refund_failed", completedAt: null } as const;
      await tx.update(withdrawals).set(again).where(eq(withdrawals.id, withdrawal.id));
      await transition(tx, withdrawalMachine, {
        id: withdrawal.id,
        event: status === "refunded" ? "refund_returned" : "review_needed",
        reason: failed.failureCode ?? "refund failed",
      });
    } else if (status === "refunding" && standing.every((one) => one.status === "succeeded")) {
      await tx.update(withdrawals).set({ completedAt: tx.scope.now }).where(eq(withdrawals.id, withdrawal.id));
      await transition(tx, withdrawalMachine, { id: withdrawal.id, event: "refunded" });
    }
  });
}

/** Which try a refund of a withdrawal was: how many of its refunds had failed before (`addRefunds`). */
const tryOf = ({ idempotencyKey }: { readonly idempotencyKey: string }): number =>
  Number(idempotencyKey.slice(idempotencyKey.lastIndexOf(":") + 1));
