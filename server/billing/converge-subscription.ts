import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { applyLook } from "../kernel/look.ts";
import type { InvoiceFacts, SubscriptionFacts, SubscriptionGateway } from "../subscriptions/index.ts";
import { billingTogether, billSubjects, recordBilling } from "./record-billing.ts";

export type BillingPorts = { readonly subscriptions: SubscriptionGateway };
/** Called inside the last transaction with one English sentence of what happened. */
export type Also = (tx: Tx, effect: string) => Promise<void>;

type Facts = { readonly subscription: SubscriptionFacts | null; readonly invoice: InvoiceFacts | null };

/**
 * Brings a membership that we know, and its newest invoice with the payment that pays it, to what Stripe holds now.
 * Idempotent in any order, any number of times, at once (`applyLook`); each state on the way emits its event. Worker only.
 * Throws `subscriptions.not_found` when we have no such membership (its purchase comes first), ProviderError when Stripe
 * cannot be asked.
 */
export async function convergeSubscription(
  ctx: Ctx<BillingPorts>,
  told: {
    stripeSubscriptionId: string;
    /** Where the news of it stands in the order of looks, and the newest invoice that it names. */
    asked?: number | undefined;
    stripeInvoiceId?: string | undefined;
  },
  also: Also = async () => {},
): Promise<void> {
  const { subscriptions } = ctx.providers;
  const { stripeSubscriptionId, stripeInvoiceId, asked } = told;
  await applyLook<Facts, void>(ctx, {
    asked,
    together: billingTogether,
    expected: [
      `subscription:${stripeSubscriptionId}`,
      ...(stripeInvoiceId === undefined ? [] : [`invoice:${stripeInvoiceId}`]),
    ],
    async look() {
      return (await subscriptions.findBilling(stripeSubscriptionId)) ?? { subscription: null, invoice: null };
    },
    subjects: ({ invoice }) => [`subscription:${stripeSubscriptionId}`, ...(invoice ? billSubjects(invoice) : [])],
    async apply(tx, { subscription, invoice }) {
      if (!subscription) return also(tx, "Stripe knows no such membership; nothing was changed.");
      const id = await recordBilling(tx, { subscription, invoice }, `membership ${stripeSubscriptionId}`);
      await also(tx, `Membership ${id.membership} is ${subscription.status.replace("_", " ")}.`);
    },
    superseded: (tx) => also(tx, "Nothing was left to do: the membership was brought up to date meanwhile."),
  });
}
