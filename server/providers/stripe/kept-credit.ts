import type Stripe from "stripe";
import { callStripe } from "./client.ts";
import { expanded } from "./mapping.ts";

/** What names ours among the movements of a customer's balance: what was taken, and what of that was given again. */
const TAKEN_FOR = "taken_for";
const GIVEN_AGAIN_FOR = "given_again_for";

/**
 * Takes back what is kept for somebody's next bills, as far as it is there, and answers how much. Looked for first: a key is forgotten in a
 * day. What a bill used between the look and the taking is given again, or it would be owed with the next one.
 */
export async function takeBackCredit(
  stripe: Stripe,
  of: { customerExternalId: string; amount: number; currency: string; key: string },
): Promise<number> {
  const { customerExternalId: id, key } = of;
  const known = await callStripe("read", () => stripe.customers.listBalanceTransactions(id, { limit: 100 }));
  const ours = known.data.find(({ metadata }) => metadata?.[TAKEN_FOR] === key);
  const again = known.data.find(({ metadata }) => metadata?.[GIVEN_AGAIN_FOR] === key);
  if (ours && again) return ours.amount + again.amount;
  const made = ours ?? (await take(stripe, of));
  if (!made) return 0;
  const over = Math.min(made.amount, Math.max(0, made.ending_balance));
  if (over === 0) return made.amount;
  const given = await callStripe("write", () =>
    stripe.customers.createBalanceTransaction(
      id,
      {
        ...{ amount: -over, currency: made.currency, description: "Used before it was paid back" },
        metadata: { [GIVEN_AGAIN_FOR]: key },
      },
      { idempotencyKey: `${key}:credit-again` },
    ),
  );
  return made.amount + given.amount;
}

async function take(
  stripe: Stripe,
  of: { customerExternalId: string; amount: number; currency: string; key: string },
): Promise<Stripe.CustomerBalanceTransaction | null> {
  const { customerExternalId: id, amount, key } = of;
  const customer = await callStripe("read", () => stripe.customers.retrieve(id));
  const currency = of.currency.toLowerCase();
  const found = customer.deleted ? null : expanded<Stripe.Customer>(customer);
  const kept = found && (found.currency ?? currency) === currency ? Math.max(0, -found.balance) : 0;
  const taken = Math.min(amount, kept);
  if (taken === 0) return null;
  return callStripe("write", () =>
    stripe.customers.createBalanceTransaction(
      id,
      { amount: taken, currency, description: "Paid back", metadata: { [TAKEN_FOR]: key } },
      { idempotencyKey: `${key}:credit` },
    ),
  );
}
