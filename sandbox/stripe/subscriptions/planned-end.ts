import { recordEvent } from "../events/record.ts";
import { newProration, saidItem } from "../invoice-items/shape.ts";
import { prorationText } from "../invoices/lines.ts";
import { lineAmount } from "../prices/shape.ts";
import { change, type Unit } from "../unit.ts";
import type { Subscription, SubscriptionItem } from "../wire.ts";
import { invoicePending } from "./cancel-now.ts";
import { remaining, remember } from "./debits.ts";
import { type Period, single } from "./items.ts";
import { wholePeriod } from "./part-periods.ts";
import type { ProrationBehavior } from "./plan-change.ts";
import { keepPeriodEnd } from "./upcoming.ts";

/** Moves the end of an item's period, at most to that of the whole one, and credits, or debits again, the time between. */
function moveEnd(unit: Unit, current: Subscription, item: SubscriptionItem, whole: Period): SubscriptionItem {
  const end = Math.min(whole.end, current.cancel_at ?? Number.POSITIVE_INFINITY);
  const debit = unit.world.debits.get(item.id);
  const before = item.current_period_end;
  if (end === before) return item;
  const credits = end < before;
  const quantity = item.quantity ?? 1;
  const amount = credits
    ? -(debit ? remaining(debit.net, end, debit) : 0)
    : remaining(lineAmount(item.price, quantity), before, whole) -
      remaining(lineAmount(item.price, quantity), end, whole);
  if (debit && amount !== 0) {
    const text = prorationText(unit, item.price, quantity, Math.min(end, before), credits);
    const at = { at: Math.min(end, before), end: Math.max(end, before) };
    const moved = newProration(unit, current, item, { amount, ...at, credited: credits ? debit : undefined, text });
    unit.world.invoiceItems.insert(moved);
    recordEvent(unit, "invoiceitem.created", saidItem(moved));
    remember(unit, { ...debit, net: debit.net + amount, end });
  }
  return { ...item, current_period_end: end };
}

/**
 * An end that is planned within the running period shortens it, and what was paid for the rest is credited; taken back or put
 * off, the time is debited again. Nothing of that without prorations, in a trial, or for an end with or after the period.
 */
export function shortenPeriod(
  unit: Unit,
  before: Subscription,
  current: Subscription,
  behavior: ProrationBehavior,
): Subscription {
  if (before.cancel_at === current.cancel_at || behavior === "none" || current.status === "trialing") return current;
  const items = current.items.data.map((item) => moveEnd(unit, current, item, wholePeriod(before, item)));
  const changed = change(
    unit,
    unit.world.subscriptions,
    current,
    single(current, items),
    "customer.subscription.updated",
  );
  keepPeriodEnd(unit, changed);
  if (behavior !== "always_invoice") return changed;
  const invoice = invoicePending(unit, changed);
  return invoice
    ? change(unit, unit.world.subscriptions, changed, { latest_invoice: invoice.id }, "customer.subscription.updated")
    : changed;
}
