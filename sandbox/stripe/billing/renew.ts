import { declineFor } from "../cards.ts";
import { expectPayment, finalize, settle } from "../invoices/life.ts";
import { newInvoice } from "../invoices/shape.ts";
import { judge, pay } from "../payment-intents/pay.ts";
import { newPaymentIntent } from "../payment-intents/shape.ts";
import { cancellationDetails, endSubscription } from "../subscriptions/cancel.ts";
import { nextPeriodEnd } from "../subscriptions/periods.ts";
import { periodEnd } from "../subscriptions/shape.ts";
import { change, create, type Unit } from "../unit.ts";
import type { PaymentMethod, Subscription, SubscriptionItem } from "../wire.ts";
import { idOf, type World } from "../world.ts";

/** A draft of a renewal stays open for changes that long before it is charged. */
const draftSeconds = 3_600;

/** The card that renewals are charged to: the subscription's own, else the customer's. */
function renewalCard(world: World, subscription: Subscription): PaymentMethod | undefined {
  const customer = world.customers.get(idOf(subscription.customer) ?? "");
  const id = idOf(subscription.default_payment_method) ?? idOf(customer?.invoice_settings.default_payment_method);
  return id === null ? undefined : world.paymentMethods.get(id);
}

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
export function endPeriod(unit: Unit, subscription: Subscription): void {
  const { world } = unit;
  if (subscription.cancel_at_period_end) {
    const details = subscription.cancellation_details ?? cancellationDetails(subscription, undefined, true);
    endSubscription(unit, subscription, details, "period_end");
    return;
  }
  const customer = world.customers.get(idOf(subscription.customer) ?? "");
  if (!customer) throw new Error(`subscription ${subscription.id} has no customer`);
  const [start, end] = [
    Math.min(...subscription.items.data.map((item) => item.current_period_start)),
    periodEnd(subscription),
  ];
  const items = subscription.items.data.map((item) => movedOn(item, subscription.billing_cycle_anchor));
  const next = { ...subscription, items: { ...subscription.items, data: items } };
  const draft = {
    ...newInvoice(unit, customer, next, "subscription_cycle", { start, end }),
    automatically_finalizes_at: unit.now + draftSeconds,
  };
  const renewed = change(
    unit,
    world.subscriptions,
    subscription,
    { items: next.items, latest_invoice: draft.id },
    "customer.subscription.updated",
  );
  create(unit, world.invoices, draft, "invoice.created");
  world.due.put({ kind: "subscription.period_end", id: renewed.id, at: periodEnd(renewed) });
  world.due.put({ kind: "invoice.finalize", id: draft.id, at: unit.now + draftSeconds });
}

/** Why this invoice could not simply be charged, if so. Asked before its time comes. */
export function renewalObstacle(world: World, invoiceId: string): string | undefined {
  const invoice = world.invoices.get(invoiceId);
  const subscription = world.subscriptions.get(idOf(invoice?.parent?.subscription_details?.subscription) ?? "");
  if (!invoice || !subscription) return undefined;
  const method = renewalCard(world, subscription);
  const card = method && world.cards.get(method.id);
  if (!card) return `the renewal of ${subscription.id}, which has no card to charge`;
  const verdict = judge(card.behavior, { approved: false, offSession: true });
  if (verdict === null || verdict === "needs_approval") return undefined;
  const { code, declineCode } = declineFor(verdict);
  return `the failed renewal payment of ${subscription.id} (its card ending in ${card.behavior.last4} answers ${declineCode ?? code}) and the retries after it`;
}

/** The draft's hour is over: it gets its number and is charged. */
export function collect(unit: Unit, invoiceId: string): void {
  const { world } = unit;
  const draft = world.invoices.get(invoiceId);
  const subscription = world.subscriptions.get(idOf(draft?.parent?.subscription_details?.subscription) ?? "");
  const method = subscription && renewalCard(world, subscription);
  if (draft?.status !== "draft" || !subscription || !method) return;
  const open = finalize(unit, draft);
  const intent = create(
    unit,
    world.paymentIntents,
    newPaymentIntent(unit, open.amount_due, open.currency, {
      capture_method: "automatic",
      customer: open.customer,
      description: "Subscription update",
      payment_details: { customer_reference: null, order_reference: open.id },
      setup_future_usage: "off_session",
    }),
    "payment_intent.created",
  );
  const expected = expectPayment(unit, open, intent);
  const paid = pay(unit, intent, method, { approved: false, offSession: true });
  if (paid.outcome !== "succeeded")
    throw new Error(`renewal ${open.id} was judged payable and ended as ${paid.outcome}`);
  settle(unit, open, expected);
}
