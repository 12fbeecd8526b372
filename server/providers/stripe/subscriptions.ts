import type Stripe from "stripe";
import type { InvoiceFacts, SubscriptionGateway } from "../../subscriptions/gateway.ts";
import { callStripe, findStripe } from "./client.ts";
import { idOf, invoiceFacts, subscriptionFacts } from "./mapping.ts";
import { readPayment } from "./payments.ts";

/** What is scheduled, waited for and taken off, and which card is charged, is part of how a membership stands. */
export const SUBSCRIPTION_PARTS = ["schedule", "latest_invoice", "customer", "discounts.source.coupon"] as const;

/** Reads what pays an invoice: its default payment, or the newest one. An invoice of nothing has none. */
export async function readInvoice(stripe: Stripe, invoice: Stripe.Invoice): Promise<InvoiceFacts> {
  const found = await callStripe("read", () => stripe.invoicePayments.list({ invoice: invoice.id, limit: 100 }));
  const by = found.data.find((one) => one.is_default) ?? found.data[0];
  const intentId = idOf(by?.payment.payment_intent);
  if (!intentId) return invoiceFacts(invoice, null);
  const intent = await callStripe("read", () => stripe.paymentIntents.retrieve(intentId));
  return invoiceFacts(invoice, await readPayment(stripe, intent));
}

export function stripeSubscriptions(stripe: Stripe): SubscriptionGateway {
  return {
    async findSubscription(externalId) {
      const expand = [...SUBSCRIPTION_PARTS];
      const subscription = await findStripe(() => stripe.subscriptions.retrieve(externalId, { expand }));
      return subscription && subscriptionFacts(subscription);
    },
    async findInvoice(externalId) {
      const invoice = await findStripe(() => stripe.invoices.retrieve(externalId));
      return invoice && readInvoice(stripe, invoice);
    },
    async findLatestInvoice(subscriptionExternalId) {
      const list = await callStripe("read", () =>
        stripe.invoices.list({ subscription: subscriptionExternalId, limit: 1 }),
      );
      const newest = list.data[0];
      return newest ? readInvoice(stripe, newest) : null;
    },
    async findInvoiceOfPayment(paymentExternalId) {
      const list = await callStripe("read", () =>
        stripe.invoicePayments.list({
          payment: { type: "payment_intent", payment_intent: paymentExternalId },
          limit: 1,
        }),
      );
      return idOf(list.data[0]?.invoice);
    },
    async endNow(externalId) {
      // Ending what has ended is refused, so repeating it is safe; what is paid back is a refund of its own.
      const before = await findStripe(() => stripe.subscriptions.retrieve(externalId));
      if (!before || before.status === "canceled" || before.status === "incomplete_expired") return;
      await callStripe("write", () => stripe.subscriptions.cancel(externalId, { prorate: false, invoice_now: false }));
    },
  };
}
