import { afterInvoice } from "../coupons/discounts.ts";
import { newInvoice, pendingItems, takeUp } from "../invoices/build.ts";
import { subscriptionOf } from "../invoices/collect.ts";
import { finalize, markUncollectible, voidInvoice } from "../invoices/life.ts";
import { cancellationDetails, endSubscription } from "../subscriptions/cancel.ts";
import { wasUsed } from "../subscriptions/cancel-now.ts";
import { rememberLines } from "../subscriptions/debits.ts";
import { single } from "../subscriptions/items.ts";
import { cutShort } from "../subscriptions/part-periods.ts";
import { nextPeriodEnd } from "../subscriptions/periods.ts";
import { periodEnd } from "../subscriptions/shape.ts";
import { collectFor, concludeOpen } from "../subscriptions/standing.ts";
import { endTrial, isTrialing } from "../subscriptions/trials.ts";
import { keepPeriodEnd } from "../subscriptions/upcoming.ts";
import { change, create, type Unit } from "../unit.ts";
import type { Invoice, Subscription, SubscriptionItem } from "../wire.ts";
import { idOf } from "../world.ts";

/** A draft of a renewal stays open for changes that long before it is charged. */
const draftSeconds = 3_600;

function movedOn(item: SubscriptionItem, anchor: number): SubscriptionItem {
  if (!item.price.recurring) return item;
  const start = item.current_period_end;
  return {
    ...item,
    current_period_start: start,
    current_period_end: nextPeriodEnd(anchor, start, item.price.recurring),
  };
}

/** A period has ended: the subscription ends too if that was asked for, else the next period begins with a draft invoice. */
export function endPeriod(unit: Unit, current: Subscription): void {
  const { world } = unit;
  if (current.cancel_at_period_end || (current.cancel_at !== null && current.cancel_at <= unit.now)) {
    const details = current.cancellation_details ?? cancellationDetails(current, undefined, true);
    lastUsage(unit, endSubscription(unit, current, details, "period_end"));
    return;
  }
  const status = isTrialing(current) ? endTrial(unit, current) : current.status;
  if (status === undefined) return;
  const customer = world.customers.get(idOf(current.customer) ?? "");
  if (!customer) throw new Error(`subscription ${current.id} has no customer`);
  const [start, end] = [Math.min(...current.items.data.map((item) => item.current_period_start)), periodEnd(current)];
  const over = (item: SubscriptionItem) => item.current_period_end <= unit.now;
  // A period in which the subscription is to end is that much shorter, and cheaper.
  const last = current.cancel_at ?? Number.POSITIVE_INFINITY;
  const moved = current.items.data
    .filter(over)
    .map((item) => cutShort(movedOn(item, current.billing_cycle_anchor), last));
  const billed = moved.map((one) => one.billed);
  const items = current.items.data.map((item) => moved.find((one) => one.item.id === item.id)?.item ?? item);
  const next = { ...current, ...single(current, items) };
  const pending = pendingItems(world, customer.id, current.id, current.currency);
  const collecting = status !== "unpaid" && current.pause_collection === null;
  const draft: Invoice = {
    ...newInvoice(unit, customer, next, {
      reason: "subscription_cycle",
      period: { start, end },
      items: billed,
      pending,
      used: isTrialing(current) ? [] : current.items.data.filter(over),
    }),
    auto_advance: collecting,
    automatically_finalizes_at: collecting ? unit.now + draftSeconds : null,
  };
  rememberLines(unit, draft.lines.data, items);
  const discounts = afterInvoice(unit, current);
  const renewed = change(
    unit,
    world.subscriptions,
    current,
    { ...single(current, items), discounts, latest_invoice: draft.id, status },
    "customer.subscription.updated",
  );
  create(unit, world.invoices, draft, "invoice.created");
  takeUp(unit, pending, draft.id);
  keepPeriodEnd(unit, renewed);
  if (collecting) world.due.put({ kind: "invoice.finalize", id: draft.id, at: unit.now + draftSeconds });
  else setAside(unit, renewed, draft);
}

/** A subscription has ended with its period: what was used in that, and what waits for its next invoice, is invoiced once more, an hour later. */
function lastUsage(unit: Unit, ended: Subscription): void {
  const { world } = unit;
  const customer = world.customers.get(idOf(ended.customer) ?? "");
  if (!customer) return;
  const pending = pendingItems(world, customer.id, ended.id, ended.currency);
  const waits = pending.some((one) => one.parent?.subscription_details?.subscription === ended.id);
  if (!waits && !wasUsed(unit, customer.id, ended.items.data)) return;
  const period = { start: Math.min(...ended.items.data.map((item) => item.current_period_start)), end: unit.now };
  const at = unit.now + draftSeconds;
  const made = newInvoice(unit, customer, ended, {
    reason: "subscription_cycle",
    period,
    items: [],
    pending,
    used: ended.items.data,
  });
  const draft = create(unit, world.invoices, { ...made, automatically_finalizes_at: at }, "invoice.created");
  takeUp(unit, pending, draft.id);
  change(unit, world.subscriptions, ended, { latest_invoice: draft.id }, "customer.subscription.updated");
  world.due.put({ kind: "invoice.finalize", id: draft.id, at });
}

/** While collection is paused a renewal stays a draft, or is written off or voided at once, as was asked. */
function setAside(unit: Unit, subscription: Subscription, draft: Invoice): void {
  const behavior = subscription.pause_collection?.behavior;
  if (behavior === "void") voidInvoice(unit, finalize(unit, draft));
  if (behavior === "mark_uncollectible") markUncollectible(unit, finalize(unit, draft));
}

/** The draft's hour is over: it gets its number, and is charged or sent. */
export function collect(unit: Unit, invoiceId: string): void {
  const draft = unit.world.invoices.get(invoiceId);
  if (draft?.status !== "draft") return;
  const subscription = subscriptionOf(unit.world, draft);
  if (subscription?.status === "canceled" && !draft.auto_advance) return;
  concludeOpen(unit, finalize(unit, draft), { offSession: true });
}

/** A renewal that could not be charged is tried again. */
export function retry(unit: Unit, invoiceId: string): void {
  const open = unit.world.invoices.get(invoiceId);
  if (open?.status === "open" && open.auto_advance) collectFor(unit, open, { offSession: true });
}
