import { recordEvent } from "../events/record.ts";
import { newProration, saidItem } from "../invoice-items/shape.ts";
import { newInvoice, pendingItems, takeUp } from "../invoices/build.ts";
import { collectInvoice } from "../invoices/collect.ts";
import { finalize, settle } from "../invoices/life.ts";
import { prorationText } from "../invoices/lines.ts";
import { change, create, type Unit } from "../unit.ts";
import type { Subscription } from "../wire.ts";
import { idOf } from "../world.ts";
import { type CancellationWords, cancellationDetails, endSubscription } from "./cancel.ts";
import { remaining } from "./debits.ts";

/** What was paid for the time that is left goes back, as credits that wait for an invoice. */
function creditTheRest(unit: Unit, current: Subscription): void {
  for (const item of current.items.data) {
    const debit = unit.world.debits.get(item.id);
    const amount = debit ? remaining(debit.net, unit.now, debit) : 0;
    if (!debit || amount === 0) continue;
    const text = prorationText(unit, item.price, item.quantity ?? 1, unit.now, true);
    const credit = newProration(unit, current, item, {
      amount: -amount,
      at: unit.now,
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
  const customer = world.customers.get(idOf(current.customer) ?? "");
  const pending = pendingItems(world, customer?.id ?? "", current.id, current.currency);
  if (!how.invoiceNow || !customer || pending.length === 0) return ended;
  const start = Math.min(...current.items.data.map((item) => item.current_period_start));
  const period = { start, end: unit.now };
  const draft = newInvoice(unit, customer, ended, { reason: "subscription_update", period, items: [], pending });
  takeUp(unit, pending, draft.id);
  const open = finalize(unit, create(unit, world.invoices, draft, "invoice.created"));
  if (open.amount_due === 0) settle(unit, open, undefined);
  else collectInvoice(unit, open, { offSession: true });
  return change(unit, world.subscriptions, ended, { latest_invoice: draft.id }, "customer.subscription.updated");
}
