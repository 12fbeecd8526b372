import { recordEvent } from "../events/record.ts";
import { newProration, saidItem } from "../invoice-items/shape.ts";
import { newInvoice, pendingItems, takeUp } from "../invoices/build.ts";
import { collectInvoice } from "../invoices/collect.ts";
import { finalize, settle } from "../invoices/life.ts";
import { prorationText } from "../invoices/lines.ts";
import { sendOut } from "../invoices/send.ts";
import { isMetered, usageOf } from "../meters/usage.ts";
import { change, create, type Unit } from "../unit.ts";
import type { Invoice, Subscription, SubscriptionItem } from "../wire.ts";
import { idOf } from "../world.ts";
import { type CancellationWords, cancellationDetails, endSubscription } from "./cancel.ts";
import { remaining } from "./debits.ts";

/** What was paid for the time that is left goes back, as credits that wait for an invoice. */
export function creditTheRest(unit: Unit, current: Subscription, at = unit.now): void {
  for (const item of current.items.data) {
    const debit = unit.world.debits.get(item.id);
    const amount = debit ? remaining(debit.net, at, debit) : 0;
    if (!debit || amount === 0) continue;
    const text = prorationText(unit, item.price, item.quantity ?? 1, at, true);
    const credit = newProration(unit, current, item, {
      amount: -amount,
      at,
      end: debit.end,
      credited: debit,
      text,
    });
    unit.world.invoiceItems.insert(credit);
    recordEvent(unit, "invoiceitem.created", saidItem(credit));
  }
}

/** Ends a subscription at once; on request the rest of the period is credited, and what is pending is invoiced. */
export function cancelNow(
  unit: Unit,
  current: Subscription,
  how: { words: CancellationWords | undefined; invoiceNow: boolean; prorate: boolean },
): Subscription {
  const { world } = unit;
  if (how.prorate) creditTheRest(unit, current);
  const ended = endSubscription(unit, current, cancellationDetails(current, how.words, true));
  const invoice = how.invoiceNow ? invoicePending(unit, ended, ended.items.data) : undefined;
  if (!invoice) return ended;
  return change(unit, world.subscriptions, ended, { latest_invoice: invoice.id }, "customer.subscription.updated");
}

/** Whether anything metered was used. */
export function wasUsed(unit: Unit, customer: string, items: readonly SubscriptionItem[]): boolean {
  return items.some((item) => isMetered(item.price) && usageOf(unit.world, customer, item, unit.now) > 0);
}

/** Invoices and charges now what waits for a subscription's next invoice; nothing when nothing waits. */
export function invoicePending(
  unit: Unit,
  current: Subscription,
  used: readonly SubscriptionItem[] = [],
): Invoice | undefined {
  const { world } = unit;
  const customer = world.customers.get(idOf(current.customer) ?? "");
  const pending = pendingItems(world, customer?.id ?? "", current.id, current.currency);
  if (!customer || (pending.length === 0 && !wasUsed(unit, customer.id, used))) return undefined;
  const start = Math.min(...current.items.data.map((item) => item.current_period_start));
  const period = { start, end: unit.now };
  const draft = newInvoice(unit, customer, current, {
    reason: "subscription_update",
    period,
    items: [],
    pending,
    used,
  });
  takeUp(unit, pending, draft.id);
  const open = finalize(unit, create(unit, world.invoices, draft, "invoice.created"));
  if (open.amount_due === 0) settle(unit, open, undefined);
  else if (open.collection_method === "send_invoice") sendOut(unit, open);
  else collectInvoice(unit, open, { offSession: true });
  return world.invoices.get(open.id) ?? open;
}
