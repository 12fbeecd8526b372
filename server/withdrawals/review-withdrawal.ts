import { eq } from "drizzle-orm";
import { withdrawals } from "../../drizzle/schema/withdrawals.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { transition } from "../kernel/machine.ts";
import { withdrawalErrors } from "./errors.ts";
import { findWithdrawal } from "./find-withdrawal.ts";
import { takenMemberships } from "./taken-memberships.ts";
import { withdrawalMachine } from "./withdrawal-status.ts";

type Decision = { readonly id: string; readonly reason: string };

/**
 * Staff confirm what a withdrawal waited for (the goods are back, a failed refund is to be tried elsewhere) and the sum that
 * the rules gave is paid back. Audited; pressed twice it is one decision, the second is refused. Throws
 * `withdrawals.not_found`, `withdrawal.illegal_transition`.
 */
export function approveWithdrawal(ctx: Ctx, decision: Decision): Promise<void> {
  return review(ctx, decision, "approved");
}

/**
 * Staff refuse to pay back, with the reason that the buyer is mailed. Not when a membership ends with it: nobody loses a
 * membership and gets nothing for it. Audited. Throws like {@link approveWithdrawal}, and `withdrawals.membership_ended`.
 */
export function refuseWithdrawal(ctx: Ctx, decision: Decision): Promise<void> {
  return review(ctx, decision, "refused");
}

async function review(ctx: Ctx, { id, reason }: Decision, event: "approved" | "refused"): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { withdrawal, lineIds } = await findWithdrawal(tx, id, { lock: true });
    if (event === "refused") {
      if ((await takenMemberships(tx, withdrawal, lineIds)).length > 0) throw withdrawalErrors.membershipEnded();
      await tx
        .update(withdrawals)
        .set({ refusal: reason, completedAt: tx.scope.now })
        .where(eq(withdrawals.id, withdrawal.id));
    }
    await transition(tx, withdrawalMachine, { id, event, reason });
    await recordAct(tx, { action: `withdrawals.${event === "approved" ? "approve" : "refuse"}`, subject: id, reason });
  });
}
