import { eq } from "drizzle-orm";
import { organizations } from "../../drizzle/schema/organizations.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { applyLook } from "../kernel/look.ts";
import {
  findMembership,
  type InvoiceFacts,
  type Membership,
  recordInvoice,
  recordSubscription,
  type SubscriptionFacts,
  type SubscriptionGateway,
  settleChanges,
  subscriptionErrors,
} from "../subscriptions/index.ts";
import { taxRateOf } from "./tax-rate.ts";

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
    expected: [
      `subscription:${stripeSubscriptionId}`,
      ...(stripeInvoiceId === undefined ? [] : [`invoice:${stripeInvoiceId}`]),
    ],
    async look() {
      const subscription = await subscriptions.findSubscription(stripeSubscriptionId);
      return { subscription, invoice: subscription && (await subscriptions.findLatestInvoice(stripeSubscriptionId)) };
    },
    subjects: ({ invoice }) => [`subscription:${stripeSubscriptionId}`, ...(invoice ? billSubjects(invoice) : [])],
    async apply(tx, { subscription, invoice }) {
      if (!subscription) return also(tx, "Stripe knows no such membership; nothing was changed.");
      const membership = await requireMembership(tx, stripeSubscriptionId);
      if (invoice) await recordBill(tx, membership, invoice);
      await recordSubscription(tx, subscription, membership, `membership ${stripeSubscriptionId}`);
      await settleChanges(tx, membership.id, subscription, `membership ${stripeSubscriptionId}`);
      await also(tx, `Membership ${membership.id} is ${subscription.status.replace("_", " ")}.`);
    },
    superseded: (tx) => also(tx, "Nothing was left to do: the membership was brought up to date meanwhile."),
  });
}

/** Our copy of a membership, locked. Throws `subscriptions.not_found`. */
export async function requireMembership(tx: Tx, stripeSubscriptionId: string): Promise<Membership> {
  const membership = await findMembership(tx, stripeSubscriptionId);
  if (!membership) throw subscriptionErrors.notFound();
  return membership;
}

/** What a look at an invoice is a look at: the payment that pays it is read and written with it. */
export function billSubjects({ externalId, payment }: InvoiceFacts): string[] {
  return [`invoice:${externalId}`, ...(payment ? [`payment:${payment.externalId}`] : [])];
}

/** Writes an invoice of a membership, as part of its order when it is the first one. */
export async function recordBill(tx: Tx, membership: Membership, invoice: InvoiceFacts): Promise<string> {
  return recordInvoice(
    tx,
    invoice,
    {
      customerId: await payerOf(tx, membership),
      subscriptionId: membership.id,
      orderId: invoice.reason === "subscription_create" ? membership.orderId : null,
      taxRateBps: () => taxRateOf(tx, membership.productId),
    },
    `invoice ${invoice.externalId}`,
  );
}

/** Whom a new bill is for, and its mails go to: who pays for the company now, else whoever bought. */
async function payerOf(tx: Tx, { organizationId, customerId }: Membership): Promise<string> {
  if (organizationId === null) return customerId;
  const [row] = await tx
    .select({ payer: organizations.billingCustomerId })
    .from(organizations)
    .where(eq(organizations.id, organizationId));
  return row?.payer ?? customerId;
}
