import type { Ctx } from "../kernel/ctx.ts";
import { applyLook } from "../kernel/look.ts";
import type { InvoiceFacts, SubscriptionFacts } from "../subscriptions/index.ts";
import type { Also, BillingPorts } from "./converge-subscription.ts";
import { billingTogether, billSubjects, recordBilling } from "./record-billing.ts";

type Told = {
  readonly stripeInvoiceId: string;
  /** Where the news of it stands in the order of looks, and the membership that it names. */
  readonly asked?: number | undefined;
  readonly of?: string | null | undefined;
};
type Facts = { readonly invoice: InvoiceFacts | null; readonly subscription: SubscriptionFacts | null };

/**
 * Brings an invoice, the payment that pays it, and its membership to what Stripe holds now: a paid renewal moves the
 * period, a failed one makes the membership past due, a refund or dispute of its payment is seen. Idempotent in any
 * order, any number of times, at once (`applyLook`). Worker only. Throws `subscriptions.not_found` when we have no such
 * membership (its purchase comes first), ProviderError when Stripe cannot be asked.
 */
export async function convergeInvoice(
  ctx: Ctx<BillingPorts>,
  { stripeInvoiceId, asked, of = null }: Told,
  also: Also = async () => {},
): Promise<void> {
  const { subscriptions } = ctx.providers;
  await applyLook<Facts, void>(ctx, {
    asked,
    together: billingTogether,
    expected: [`invoice:${stripeInvoiceId}`],
    async look() {
      // Nearly always it is the newest invoice of its membership, and comes with that.
      const billing = of === null ? null : await subscriptions.findBilling(of);
      if (billing?.invoice?.externalId === stripeInvoiceId) return billing;
      const invoice = await subscriptions.findInvoice(stripeInvoiceId);
      const parent = invoice?.subscriptionExternalId ?? null;
      return { invoice, subscription: parent === null ? null : await subscriptions.findSubscription(parent) };
    },
    subjects: ({ invoice, subscription }) => [
      ...(invoice ? billSubjects(invoice) : [`invoice:${stripeInvoiceId}`]),
      ...(subscription ? [`subscription:${subscription.externalId}`] : []),
    ],
    async apply(tx, { invoice, subscription }) {
      if (!invoice || !subscription) return also(tx, "The invoice belongs to no membership; nothing was changed.");
      const id = await recordBilling(tx, { subscription, invoice }, `invoice ${stripeInvoiceId}`);
      await also(tx, `Invoice ${id.invoice} is ${invoice.status}.`);
    },
    superseded: (tx) => also(tx, "Nothing was left to do: the invoice was brought up to date meanwhile."),
  });
}
