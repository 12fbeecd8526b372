import type Stripe from "stripe";
import { callStripe } from "./client.ts";
import { expanded, idOf } from "./mapping.ts";

/** The end of the period for whose invoice a change of ours has left something. */
export const CARRIED_UNTIL = "carried_until";

/** More than an invoice can have lines. */
const MOST_ITEMS = 1_000;

/** What waits for the next invoice of a subscription. */
export async function carriedOf(stripe: Stripe, subscription: Stripe.Subscription): Promise<number> {
  const customer = idOf(subscription.customer);
  if (customer === null || !mayCarry(subscription)) return 0;
  const waiting = await callStripe("read", () =>
    stripe.invoiceItems.list({ customer, pending: true, limit: 100 }).autoPagingToArray({ limit: MOST_ITEMS }),
  );
  return waiting
    .filter((item) => idOf(item.parent?.subscription_details?.subscription) === subscription.id)
    .reduce((sum, item) => sum + item.amount, 0);
}

/**
 * Whether something may wait for the next invoice: a change of ours has left it, or what renews is not what was invoiced last.
 * Asking for what waits is a call of its own.
 */
function mayCarry(subscription: Stripe.Subscription): boolean {
  const [item] = subscription.items.data;
  if (!item || !["active", "past_due", "trialing"].includes(subscription.status)) return false;
  if (subscription.metadata[CARRIED_UNTIL] === String(item.current_period_end)) return true;
  const latest = expanded(subscription.latest_invoice);
  if (!latest || subscription.status === "trialing") return false;
  return !subscription.items.data.every((one) =>
    latest.lines.data.some(
      (line) => idOf(line.pricing?.price_details?.price) === one.price.id && line.quantity === (one.quantity ?? 1),
    ),
  );
}
