import { recovery } from "../billing/recovery.ts";
import { recordEvent } from "../events/record.ts";
import { asPreview, nextRenewal } from "../invoices/next-renewal.ts";
import type { Unit } from "../unit.ts";
import type { Subscription } from "../wire.ts";
import { idOf } from "../world.ts";
import { periodEnd } from "./shape.ts";

const day = 86_400;

/** Keeps in mind when the running period ends, and when the invoice that comes then is announced. */
export function keepPeriodEnd(unit: Unit, subscription: Subscription): void {
  const { due } = unit.world;
  const at = periodEnd(subscription);
  due.put({ kind: "subscription.period_end", id: subscription.id, at });
  const announced = at - recovery(unit.world).upcomingDays * day;
  if (announced > unit.now) due.put({ kind: "subscription.upcoming", id: subscription.id, at: announced });
  else due.drop("subscription.upcoming", subscription.id);
}

/** Some days before a renewal its invoice is announced as it looks by then; not when none will come. */
export function announceInvoice(unit: Unit, id: string): void {
  const current = unit.world.subscriptions.get(id);
  const customer = unit.world.customers.get(idOf(current?.customer) ?? "");
  if (!current || !customer) return;
  const goesOn = current.status === "active" || current.status === "trialing" || current.status === "past_due";
  if (current.collection_method === "send_invoice") return;
  if (!goesOn || current.cancel_at_period_end || current.pause_collection !== null) return;
  if (current.cancel_at !== null && current.cancel_at <= periodEnd(current)) return;
  const asItIs = { billed: [], changed: {}, debits: [], free: false, immediate: false, prorations: [] };
  const invoice = nextRenewal(unit, customer, current, { ...asItIs, items: current.items.data });
  recordEvent(unit, "invoice.upcoming", asPreview(invoice));
}
