import { eq } from "drizzle-orm";
import { withdrawals } from "../../drizzle/schema/withdrawals.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { transition } from "../kernel/machine.ts";
import { addRefunds } from "./add-refunds.ts";
import { findWithdrawal } from "./find-withdrawal.ts";
import { planApproval } from "./lower-parts.ts";
import { noteLowered } from "./note-lowered.ts";
import { readOwed } from "./read-owed.ts";
import { withdrawalMachine } from "./withdrawal-status.ts";

/**
 * Writes the refunds of a withdrawal that was accepted or approved: from the newest payment back, one intent each. What
 * succeeded or is under way is not asked for again, nor what staff paid back for the same lines meanwhile; one that failed
 * is, once a person approved it. Each names the lines that it carries. With nothing to pay back it is done; when the
 * payments do not hold so much any more a person looks, and once one has, what they hold is all of it. Where staff approved less, their own
 * refunds are all of it (`noteLowered`). Idempotent, locks the withdrawal. Worker only. Throws `withdrawals.not_found`.
 */
export async function refundWithdrawal(ctx: Ctx, { withdrawalId }: { withdrawalId: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { withdrawal: found, lines } = await findWithdrawal(tx, withdrawalId, { lock: true });
    const owed = await readOwed(tx, found, lines);
    const withdrawal = await noteLowered(tx, found, owed);
    if (withdrawal.status !== "refunding") return;
    // Whoever approved it has seen how much there is: what else was owed went back in another way.
    const looked = withdrawal.reviewReason !== null && owed.standing === "paid";
    const sum = looked ? planApproval(owed).whole : owed.sum;
    if (sum <= 0 && owed.underWay) return;
    if (sum <= 0) {
      await tx.update(withdrawals).set({ completedAt: tx.scope.now }).where(eq(withdrawals.id, withdrawalId));
      return transition(tx, withdrawalMachine, {
        id: withdrawalId,
        event: "refunded",
        reason: "nothing is owed any more",
      });
    }
    if (await addRefunds(tx, withdrawal, owed, { sum })) return;
    await tx.update(withdrawals).set({ reviewReason: "refund_failed" }).where(eq(withdrawals.id, withdrawalId));
    await transition(tx, withdrawalMachine, {
      id: withdrawalId,
      event: "review_needed",
      reason: "the payments hold less than what is owed",
    });
  });
}
