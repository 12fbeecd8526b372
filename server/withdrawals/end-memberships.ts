import { and, eq, isNull } from "drizzle-orm";
import { withdrawals } from "../../drizzle/schema/withdrawals.ts";
import { raiseAlert } from "../kernel/alert.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { emit } from "../kernel/event.ts";
import type { SubscriptionGateway } from "../subscriptions/index.ts";
import { findWithdrawal, type Withdrawal } from "./find-withdrawal.ts";
import { takenMemberships } from "./taken-memberships.ts";

/**
 * Ends the memberships that a withdrawal takes back in time, at the provider, at once: nothing more is charged, and from
 * then on the withdrawal cannot be refused. One that came too late goes on. What was kept there of a change for less is taken back, since
 * it is paid back with the rest. Then each is looked at (`withdrawal.membership_ended`). Idempotent; a timeout is simply tried again, for
 * ending twice ends once, and what was taken is looked for. Worker only. Throws ProviderError, `withdrawals.not_found`.
 */
export async function endMemberships(
  ctx: Ctx<{ subscriptions: SubscriptionGateway }>,
  { withdrawalId }: { withdrawalId: string },
): Promise<void> {
  const { withdrawal, taken } = await ctx.db.transaction(async (tx) => {
    const { withdrawal, lineIds } = await findWithdrawal(tx, withdrawalId);
    const memberships = withdrawal.status === "refused" ? [] : await takenMemberships(tx, withdrawal, lineIds);
    return { withdrawal, taken: memberships };
  });
  // Also what ended by itself: its bills may stand.
  for (const { id, externalId } of taken) {
    await ctx.providers.subscriptions.endNow(externalId);
    await ctx.db.transaction((tx) => emit(tx, { name: "withdrawal.membership_ended", id }));
  }
  for (const { id, payerExternalId } of taken)
    if (payerExternalId) await takeCredit(ctx, withdrawal, id, payerExternalId);
}

/** What was not there any more has paid for something else of theirs: that is for a person. */
async function takeCredit(
  ctx: Ctx<{ subscriptions: SubscriptionGateway }>,
  { id, creditAmount, creditTakenAmount, currency }: Withdrawal,
  subscriptionId: string,
  customerExternalId: string,
): Promise<void> {
  if (!creditAmount || creditTakenAmount !== null) return;
  const wanted = { customerExternalId, amount: creditAmount, currency, key: id };
  const amount = await ctx.providers.subscriptions.takeBackCredit(wanted);
  await ctx.db.transaction(async (tx) => {
    const taken = await tx
      .update(withdrawals)
      .set({ creditTakenAmount: amount })
      .where(and(eq(withdrawals.id, id), isNull(withdrawals.creditTakenAmount)))
      .returning({ id: withdrawals.id });
    if (taken.length === 0) return;
    // Their other memberships count on what is kept, too.
    await emit(tx, { name: "withdrawal.membership_ended", id: subscriptionId });
    if (amount < creditAmount)
      await raiseAlert(tx, {
        ...{ kind: CREDIT_SPENT_ALERT, subject: id },
        detail: `Withdrawal ${id} pays back what was kept for its payer's next bills, and that was spent before it could be taken back.`,
        money: { amount: creditAmount - amount, currency },
      });
  });
}

/** A withdrawal pays back a credit that had been used for something else by then. */
const CREDIT_SPENT_ALERT = "withdrawals.credit_spent";
