import { eq } from "drizzle-orm";
import { withdrawals } from "../../drizzle/schema/withdrawals.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { transition } from "../kernel/machine.ts";
import { money } from "../kernel/money.ts";
import { addRefunds } from "./add-refunds.ts";
import { withdrawalErrors } from "./errors.ts";
import { findWithdrawal } from "./find-withdrawal.ts";
import { planApproval } from "./lower-parts.ts";
import { readOwed } from "./read-owed.ts";
import { takenMemberships } from "./taken-memberships.ts";
import { withdrawalMachine } from "./withdrawal-status.ts";

/** What stands in the place of words to the buyer where a dispute paid them. */
export const PAID_BY_BANK = "paid_by_bank";

type Decision = { readonly id: string; readonly reason: string };

/** What approving a withdrawal would pay back: all that is owed, or `amount` of it, in minor units. Throws `withdrawals.not_found`. */
export async function previewApproval(
  tx: Tx,
  { id, amount }: { readonly id: string; readonly amount?: number | undefined },
) {
  const { withdrawal, lines } = await findWithdrawal(tx, id);
  const owed = await readOwed(tx, withdrawal, lines);
  const card = owed.payments.find((payment) => payment.cardLast4 !== null);
  return {
    ...planApproval(owed, amount),
    currency: withdrawal.currency,
    /** What can be paid back is known once it is `paid`. */
    standing: owed.standing,
    card: card?.cardBrand && card.cardLast4 ? { brand: card.cardBrand, last4: card.cardLast4 } : null,
  };
}

/**
 * Staff confirm what a withdrawal waited for (the goods are back, a failed refund is to be tried elsewhere) and the sum that
 * the rules gave is paid back; or less, an `amount` in minor units, where goods came back worth less, and then the reason is mailed to the
 * buyer. The refunds of a lower sum are written with the decision, by whoever decides. Audited; pressed twice it is one decision, the
 * second is refused. Throws `withdrawals.not_found`, `withdrawal.illegal_transition`, `withdrawals.more_than_owed`, `withdrawals.less_than_owed`.
 */
export async function approveWithdrawal(
  ctx: Ctx,
  { id, reason, amount }: Decision & { readonly amount?: number | undefined },
) {
  await ctx.db.transaction(async (tx) => {
    const { withdrawal, lines } = await findWithdrawal(tx, id, { lock: true });
    await transition(tx, withdrawalMachine, { id, event: "approved", reason });
    const owed = await readOwed(tx, withdrawal, lines);
    const { whole, least, problem } = planApproval(owed, amount);
    const { currency } = withdrawal;
    if (problem === "too_much") throw withdrawalErrors.moreThanOwed({ most: whole, currency });
    if (problem === "too_little") throw withdrawalErrors.lessThanOwed({ least, currency });
    if (amount === undefined || amount === whole)
      return recordAct(tx, { action: "withdrawals.approve", subject: id, reason });
    await tx.update(withdrawals).set({ refusal: reason }).where(eq(withdrawals.id, id));
    await addRefunds(tx, withdrawal, owed, { sum: amount, off: whole - amount });
    await recordAct(tx, {
      ...{ action: "withdrawals.approve_less", subject: id, reason },
      money: money(amount, currency),
    });
  });
}

/**
 * Staff close a withdrawal whose payment is disputed and was lost: the bank has paid the buyer by that, so nothing more goes out. Audited;
 * pressed twice it is one decision. Throws `withdrawals.not_found`, `withdrawal.illegal_transition`, `withdrawals.not_disputed`.
 */
export async function closeDisputed(ctx: Ctx, { id, reason }: Decision): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { withdrawal, lines } = await findWithdrawal(tx, id, { lock: true });
    await transition(tx, withdrawalMachine, { id, event: "approved", reason });
    if ((await readOwed(tx, withdrawal, lines)).standing !== "disputed") throw withdrawalErrors.notDisputed();
    const refusal = withdrawal.refusal ?? PAID_BY_BANK;
    await tx.update(withdrawals).set({ refusal, completedAt: tx.scope.now }).where(eq(withdrawals.id, id));
    await transition(tx, withdrawalMachine, { id, event: "refunded", reason: "the bank has paid it back" });
    await recordAct(tx, { action: "withdrawals.close_disputed", subject: id, reason });
  });
}

/**
 * Staff refuse to pay back, with the reason that the buyer is mailed. Not when a membership ends with it: nobody loses a
 * membership and gets nothing for it. Audited. Throws `withdrawals.not_found`, `withdrawal.illegal_transition`,
 * `withdrawals.membership_ended`.
 */
export async function refuseWithdrawal(ctx: Ctx, { id, reason }: Decision): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { withdrawal, lineIds } = await findWithdrawal(tx, id, { lock: true });
    if ((await takenMemberships(tx, withdrawal, lineIds)).length > 0) throw withdrawalErrors.membershipEnded();
    await tx.update(withdrawals).set({ refusal: reason, completedAt: tx.scope.now }).where(eq(withdrawals.id, id));
    await transition(tx, withdrawalMachine, { id, event: "refused", reason });
    await recordAct(tx, { action: "withdrawals.refuse", subject: id, reason });
  });
}
