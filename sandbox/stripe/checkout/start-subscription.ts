import { newInvoice } from "../invoices/build.ts";
import { expectPayment, finalize, settle } from "../invoices/life.ts";
import { pay } from "../payment-intents/pay.ts";
import { rememberLines } from "../subscriptions/debits.ts";
import { newSubscription, periodEnd } from "../subscriptions/shape.ts";
import { change, create, type Unit } from "../unit.ts";
import type { CheckoutSession, Customer, PaymentIntent, PaymentMethod } from "../wire.ts";
import type { CheckoutDetails } from "./details.ts";

export interface PaidStart {
  session: CheckoutSession;
  details: CheckoutDetails;
  customer: Customer;
  method: PaymentMethod;
  intent: PaymentIntent;
  approved: boolean;
}

/** The payment goes through first; then the subscription exists, active, with its first invoice paid. */
export function startPaidSubscription(unit: Unit, start: PaidStart): Partial<CheckoutSession> {
  const { world } = unit;
  const { customer, details, method } = start;
  const built = newSubscription(
    unit,
    customer.id,
    details.lines.map((line) => ({ price: line.price, quantity: line.quantity ?? 1 })),
    {
      default_payment_method: method.id,
      description: details.subscriptionData.description,
      metadata: details.subscriptionData.metadata,
    },
  );
  const draft = newInvoice(unit, { ...customer, balance: 0 }, built, {
    reason: "subscription_create",
    period: { start: unit.now, end: unit.now },
  });
  rememberLines(unit, draft.lines.data, built.items.data);
  const meant = change(unit, world.paymentIntents, start.intent, {
    payment_details: { customer_reference: null, order_reference: draft.id },
  });
  const paid = pay(unit, meant, method, { approved: start.approved, offSession: false });
  if (paid.outcome !== "succeeded")
    throw new Error(`payment ${meant.id} was judged payable and ended as ${paid.outcome}`);
  const subscription = create(
    unit,
    world.subscriptions,
    { ...built, latest_invoice: draft.id },
    "customer.subscription.created",
  );
  const open = finalize(unit, create(unit, world.invoices, draft, "invoice.created"), true);
  settle(unit, open, expectPayment(unit, open, paid.intent));
  world.due.put({ kind: "subscription.period_end", id: subscription.id, at: periodEnd(subscription) });
  return { invoice: draft.id, subscription: subscription.id };
}
