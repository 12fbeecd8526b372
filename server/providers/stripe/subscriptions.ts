import type Stripe from "stripe";
import type { PaymentFacts } from "../../payments/gateway.ts";
import type { InvoiceFacts, SubscriptionFacts, SubscriptionGateway } from "../../subscriptions/gateway.ts";
import { carriedOf } from "./carried.ts";
import { callStripe, findStripe } from "./client.ts";
import { withAllLines } from "./invoice-lines.ts";
import { takeBackCredit } from "./kept-credit.ts";
import { dropAhead, dropUnpaid } from "./late-changes.ts";
import { expanded, idOf, invoiceFacts } from "./mapping.ts";
import { readPayment, readPaymentOf } from "./payments.ts";
import { withTiers } from "./seat-prices.ts";
import { subscriptionFacts } from "./subscription-facts.ts";

/** What is scheduled, waited for and taken off, and which card is charged, is part of how a membership stands. */
export const SUBSCRIPTION_PARTS = ["schedule", "latest_invoice", "customer", "discounts.source.coupon"] as const;

/** With these an invoice comes with what pays it, and with the first also as part of something else. */
const PAYMENTS_OF = "payments";
const INTENTS_OF = `${PAYMENTS_OF}.data.payment.payment_intent`;

/** Reads the lines of an invoice and what pays it: its default payment, or the newest one. An invoice of nothing has none. What came with it is not asked for. */
export async function readInvoice(stripe: Stripe, invoice: Stripe.Invoice): Promise<InvoiceFacts> {
  const [whole, payment] = await Promise.all([withAllLines(stripe, invoice), paymentOf(stripe, invoice)]);
  return invoiceFacts(whole, payment);
}

async function paymentOf(stripe: Stripe, invoice: Stripe.Invoice): Promise<PaymentFacts | null> {
  const came = invoice.payments?.has_more === false ? invoice.payments : null;
  const found =
    came ?? (await callStripe("read", () => stripe.invoicePayments.list({ invoice: invoice.id, limit: 100 })));
  const by = found.data.find((one) => one.is_default) ?? found.data[0];
  const intent = by?.payment.payment_intent;
  const intentId = idOf(intent);
  if (!intentId) return null;
  return typeof intent === "object" ? readPayment(stripe, intent) : readPaymentOf(stripe, intentId);
}

/** A subscription as it was read, with the tiers of its prices. */
export async function readSubscription(stripe: Stripe, found: Stripe.Subscription): Promise<SubscriptionFacts> {
  const data = await Promise.all(
    found.items.data.map(async (item) => ({ ...item, price: await withTiers(stripe, item.price) })),
  );
  return subscriptionFacts({ ...found, items: { ...found.items, data } });
}

export function stripeSubscriptions(stripe: Stripe): SubscriptionGateway {
  const factsOf = async (found: Stripe.Subscription): Promise<SubscriptionFacts> => {
    const [facts, carriedAmount] = await Promise.all([readSubscription(stripe, found), carriedOf(stripe, found)]);
    return { ...facts, carriedAmount };
  };
  return {
    async findSubscription(externalId) {
      const expand = [...SUBSCRIPTION_PARTS];
      const found = await findStripe(() => stripe.subscriptions.retrieve(externalId, { expand }));
      return found && factsOf(found);
    },
    async findInvoice(externalId) {
      const invoice = await findStripe(() => stripe.invoices.retrieve(externalId, { expand: [INTENTS_OF] }));
      return invoice && readInvoice(stripe, invoice);
    },
    async findBilling(externalId) {
      const expand = [...SUBSCRIPTION_PARTS, `latest_invoice.${PAYMENTS_OF}`];
      const found = await findStripe(() => stripe.subscriptions.retrieve(externalId, { expand }));
      if (!found) return null;
      const newest = expanded(found.latest_invoice);
      const [subscription, invoice] = await Promise.all([factsOf(found), newest && readInvoice(stripe, newest)]);
      return { subscription, invoice };
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
      if (!before) return;
      await dropAhead(stripe, externalId, `end:${externalId}`);
      if (before.status !== "canceled" && before.status !== "incomplete_expired")
        await callStripe("write", () =>
          stripe.subscriptions.cancel(externalId, { prorate: false, invoice_now: false }),
        );
      await dropUnpaid(stripe, externalId, `end:${externalId}`);
    },
    takeBackCredit: (of) => takeBackCredit(stripe, of),
  };
}
