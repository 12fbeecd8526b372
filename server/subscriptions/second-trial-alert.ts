import { and, eq, isNull } from "drizzle-orm";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import { raiseAlert } from "../kernel/alert.ts";
import type { Tx } from "../kernel/db.ts";
import type { Currency } from "../kernel/money.ts";

/** Staff's, while a second trial runs on because the provider refuses to end it; gone once it has ended. */
export const SECOND_TRIAL_ALERT = "billing.second_trial";

/** The provider has refused to end a second trial, or it could not be asked any more: staff are told, with what it will cost. */
export async function tellOfSecondTrial(tx: Tx, subscriptionId: string, code: string): Promise<void> {
  const [second] = await tx
    .select({ amount: subscriptions.amount, currency: subscriptions.currency })
    .from(subscriptions)
    .where(and(eq(subscriptions.id, subscriptionId), subscriptions.trialRefused, isNull(subscriptions.endedAt)));
  if (!second) return;
  await raiseAlert(tx, {
    kind: SECOND_TRIAL_ALERT,
    subject: subscriptionId,
    detail: `Membership ${subscriptionId} began with a second trial, and the provider refused to end it (${code}). It is charged when that trial is over.`,
    money: { amount: second.amount, currency: second.currency as Currency },
  });
}
