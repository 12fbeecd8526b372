import type Stripe from "stripe";
import { callStripe } from "./client.ts";
import { expanded } from "./mapping.ts";

/** What names ours among the movements of a customer's balance. */
const TAKEN_FOR = "taken_for";

/** Takes back what is kept for somebody's next bills, as far as it is there. Looked for first: a key is forgotten in a day. */
export async function takeBackCredit(
  stripe: Stripe,
  of: { customerExternalId: string; amount: number; currency: string; key: string },
): Promise<number> {
  const { customerExternalId: id, amount, key } = of;
  const known = await callStripe("read", () => stripe.customers.listBalanceTransactions(id, { limit: 100 }));
  const ours = known.data.find(({ metadata }) => metadata?.[TAKEN_FOR] === key);
  if (ours) return ours.amount;
  const customer = await callStripe("read", () => stripe.customers.retrieve(id));
  const currency = of.currency.toLowerCase();
  const found = customer.deleted ? null : expanded<Stripe.Customer>(customer);
  const kept = found && (found.currency ?? currency) === currency ? Math.max(0, -found.balance) : 0;
  const taken = Math.min(amount, kept);
  if (taken === 0) return 0;
  const made = await callStripe("write", () =>
    stripe.customers.createBalanceTransaction(
      id,
      { amount: taken, currency, description: "Paid back", metadata: { [TAKEN_FOR]: key } },
      { idempotencyKey: `${key}:credit` },
    ),
  );
  return made.amount;
}
