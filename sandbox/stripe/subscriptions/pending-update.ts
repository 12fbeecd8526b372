import { recordEvent } from "../events/record.ts";
import { voidInvoice } from "../invoices/life.ts";
import { change, type Unit } from "../unit.ts";
import type { Invoice, Subscription } from "../wire.ts";
import { idOf } from "../world.ts";
import { rememberLines } from "./debits.ts";
import { single } from "./items.ts";
import { rememberPrices } from "./plan-change.ts";
import { periodEnd } from "./shape.ts";
import { keepPeriodEnd } from "./upcoming.ts";

/** How long a change waits for its payment, unless the period or the trial ends before. */
const waitSeconds = 23 * 3_600;

/** Keeps a change for when its invoice is paid; until then everything else stays as it was. */
export function keepPendingUpdate(
  unit: Unit,
  subscription: Subscription,
  changed: Partial<Subscription>,
  invoice: Invoice,
): Subscription {
  const expiresAt = Math.min(unit.now + waitSeconds, periodEnd(subscription));
  unit.world.due.put({ kind: "subscription.pending_update_expire", id: subscription.id, at: expiresAt });
  return change(
    unit,
    unit.world.subscriptions,
    subscription,
    {
      latest_invoice: invoice.id,
      pending_update: {
        billing_cycle_anchor: changed.billing_cycle_anchor ?? null,
        cancel_at_period_end: null,
        discount: null,
        discounts: null,
        expires_at: expiresAt,
        metadata: null,
        subscription_items: changed.items?.data ?? null,
        trial_end: changed.trial_end ?? null,
        trial_from_plan: null,
      },
    },
    "customer.subscription.updated",
  );
}

/** The invoice that a pending change waited for is paid: the change is made. */
export function applyPendingUpdate(unit: Unit, subscription: Subscription, invoice: Invoice): void {
  const pending = subscription.pending_update;
  if (!pending || idOf(subscription.latest_invoice) !== invoice.id) return;
  unit.world.due.drop("subscription.pending_update_expire", subscription.id);
  const items = pending.subscription_items ?? subscription.items.data;
  const ended = subscription.status === "trialing" && pending.trial_end !== null && pending.trial_end <= unit.now;
  const updated = change(unit, unit.world.subscriptions, subscription, {
    ...single(subscription, items),
    ...(ended ? { status: "active" as const } : {}),
    billing_cycle_anchor: pending.billing_cycle_anchor ?? subscription.billing_cycle_anchor,
    pending_update: null,
    trial_end: pending.trial_end ?? subscription.trial_end,
  });
  rememberPrices(unit, updated, subscription.items.data, invoice.id);
  rememberLines(unit, invoice.lines.data, items);
  keepPeriodEnd(unit, updated);
  recordEvent(unit, "customer.subscription.pending_update_applied", updated);
}

/** The payment did not come in time: the change is forgotten and its invoice void. */
export function expirePendingUpdate(unit: Unit, id: string): void {
  const subscription = unit.world.subscriptions.get(id);
  if (!subscription?.pending_update) return;
  const invoice = unit.world.invoices.get(idOf(subscription.latest_invoice) ?? "");
  if (invoice?.status === "open") voidInvoice(unit, invoice);
  const updated = change(unit, unit.world.subscriptions, subscription, { pending_update: null });
  recordEvent(unit, "customer.subscription.pending_update_expired", updated);
}
