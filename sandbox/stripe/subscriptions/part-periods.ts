import { lineAmount } from "../prices/shape.ts";
import type { Subscription, SubscriptionItem } from "../wire.ts";
import { remaining } from "./debits.ts";
import type { Period } from "./items.ts";
import { nextPeriodEnd, previousPeriodStart } from "./periods.ts";

/** An item whose line costs this much for all of its quantity, whatever its price says for a whole period. */
function costing(item: SubscriptionItem, amount: number): SubscriptionItem {
  const quantity = item.quantity ?? 1;
  const each = quantity === 0 ? 0 : amount / quantity;
  const { tiers: _whole, ...price } = item.price;
  // The line is rounded, not each of its units.
  const amounts = Number.isInteger(each)
    ? { unit_amount: each, unit_amount_decimal: String(each) }
    : { unit_amount: null, unit_amount_decimal: each.toFixed(10) };
  return { ...item, price: { ...price, ...amounts } };
}

const withItems = (built: Subscription, change: (item: SubscriptionItem) => SubscriptionItem): Subscription => ({
  ...built,
  items: { ...built.items, data: built.items.data.map(change) },
});

/** An item's price until an anchor to come, as the part of the whole period that ends there. */
export function untilAnchor(built: Subscription, now: number): Subscription {
  const anchor = built.billing_cycle_anchor;
  if (built.status === "trialing" || anchor <= now) return built;
  return withItems(built, (item) => {
    const { recurring } = item.price;
    if (!recurring) return item;
    const whole = { start: previousPeriodStart(anchor, recurring), end: anchor };
    if (now <= whole.start || nextPeriodEnd(anchor, whole.start, recurring) !== anchor) return item;
    return costing(item, remaining(lineAmount(item.price, item.quantity ?? 1), now, whole));
  });
}

/** The whole period that an item's running one is, or was before a planned end cut it short. */
export function wholePeriod(current: Subscription, item: SubscriptionItem): Period {
  const { current_period_start: start, current_period_end: end, price } = item;
  if (!price.recurring || end !== current.cancel_at) return { start, end };
  return { start, end: nextPeriodEnd(current.billing_cycle_anchor, start, price.recurring) };
}

/** An item whose period ends early, with the part of its price that falls before that end. */
export function cutShort(item: SubscriptionItem, end: number): { item: SubscriptionItem; billed: SubscriptionItem } {
  const whole: Period = { start: item.current_period_start, end: item.current_period_end };
  if (end >= whole.end || end <= whole.start) return { item, billed: item };
  const full = lineAmount(item.price, item.quantity ?? 1);
  const shorter = { ...item, current_period_end: end };
  return { item: shorter, billed: costing(shorter, full - remaining(full, end, whole)) };
}
