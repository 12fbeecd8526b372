import { eq } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import { organizations } from "../../drizzle/schema/organizations.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { writtenOnce } from "../kernel/written-once.ts";
import {
  findMembership,
  holdInvoice,
  holdOpenChanges,
  type InvoiceFacts,
  type Membership,
  recordInvoice,
  recordSubscription,
  type SubscriptionFacts,
  settleChanges,
  subscriptionErrors,
} from "../subscriptions/index.ts";

/** What a look at an invoice is a look at: the payment that pays it is read and written with it. */
export function billSubjects({ externalId, payment }: InvoiceFacts): string[] {
  return [`invoice:${externalId}`, ...(payment ? [`payment:${payment.externalId}`] : [])];
}

/** Looks at memberships and their invoices are written together, but no two of one payer or one company: both may touch what is theirs. */
export const billingTogether = {
  of: "billing",
  about: ({ subscription }: { subscription: SubscriptionFacts | null }) => [
    `payer:${subscription?.customerExternalId}`,
    ...(subscription?.organizationId ? [`organization:${subscription.organizationId}`] : []),
  ],
} as const;

/**
 * Brings a membership, one of its invoices and what was asked of it to what was seen, with all of them locked first and in one
 * order: membership, invoice, payment, changes. Returns our ids. Idempotent; the caller has the look in order
 * (`applyLook`). Throws `subscriptions.not_found`.
 */
export async function recordBilling(
  tx: Tx,
  { subscription, invoice }: { subscription: SubscriptionFacts; invoice: InvoiceFacts | null },
  cause: string,
): Promise<{ membership: string; invoice: string | null }> {
  // In one packet; the database locks in this order.
  const [membership, held, terms, changes] = await Promise.all([
    findMembership(tx, subscription.externalId),
    invoice && holdInvoice(tx, invoice),
    invoice && termsOf(tx, subscription),
    holdOpenChanges(tx, subscription),
  ]);
  if (!membership) throw subscriptionErrors.notFound();
  const [bill] = await Promise.all([
    invoice && held && recordInvoice(tx, invoice, ownerOf(membership, invoice, terms), billCause(invoice), held),
    recordSubscription(tx, subscription, membership, cause),
  ]);
  await settleChanges(tx, subscription, cause, changes);
  return { membership: membership.id, invoice: bill };
}

const billCause = ({ externalId }: InvoiceFacts) => `invoice ${externalId}`;

/** Whose an invoice of a membership is: part of its order when it is the first one; a new one is for whoever pays for the company now, else whoever bought. */
function ownerOf(membership: Membership, { reason }: InvoiceFacts, terms: Terms | null) {
  return {
    customerId: (membership.organizationId === null ? null : terms?.payer) ?? membership.customerId,
    subscriptionId: membership.id,
    orderId: reason === "subscription_create" ? membership.orderId : null,
    taxRateBps: () => terms?.taxRateBps ?? 0,
  };
}

type Terms = { readonly taxRateBps: number; readonly payer: string | null };

/** What a bill of a membership that we hold depends on besides: the tax inside its product's price, and who pays for its company. */
async function termsOf(tx: Tx, { externalId }: SubscriptionFacts): Promise<Terms | null> {
  const [row] = await termsOfMembership(tx, { externalId });
  return row ?? null;
}

const termsOfMembership = writtenOnce(["externalId"], (tx, { externalId }) =>
  tx
    .select({ taxRateBps: products.taxRateBps, payer: organizations.billingCustomerId })
    .from(subscriptions)
    .innerJoin(products, eq(products.id, subscriptions.productId))
    .leftJoin(organizations, eq(organizations.id, subscriptions.organizationId))
    .where(eq(subscriptions.stripeSubscriptionId, externalId)),
);
