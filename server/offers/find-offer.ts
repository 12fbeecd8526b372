import { and, asc, eq, gt, isNull, lte, ne, or, sql } from "drizzle-orm";
import { retentionOffers, retentionShowings } from "../../drizzle/schema/retention-offers.ts";
import { subscriptionChanges } from "../../drizzle/schema/subscription-changes.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { type CancelReason, type ChangeFacts, type Membership, renewalDate } from "../subscriptions/index.ts";
import { type OfferTerms, offerTerms } from "./offer-terms.ts";

type Offer = typeof retentionOffers.$inferSelect;
const MONTH = { interval: "month", intervalCount: 1 };

/**
 * The first offer that fits somebody who leaves for this reason (null: none given), with what it comes to for them; null
 * when there is none: of those that are on, for this product and reason, possible as the membership stands, and not again
 * too soon after one was accepted.
 */
export async function findOffer(
  tx: Tx,
  membership: Membership,
  facts: ChangeFacts,
  reason: CancelReason | null,
): Promise<{ offer: Offer; terms: OfferTerms } | null> {
  const { now } = tx.scope;
  const { activeFrom, activeUntil, on, position, createdAt, id } = retentionOffers;
  const offers = await tx
    .select()
    .from(retentionOffers)
    .where(and(on, or(isNull(activeFrom), lte(activeFrom, now)), or(isNull(activeUntil), gt(activeUntil, now))))
    .orderBy(asc(position), asc(createdAt), asc(id));
  const lastAt = await lastAccepted(tx, membership);
  for (const offer of offers) {
    if (offer.productIds.length > 0 && !offer.productIds.includes(membership.productId)) continue;
    const reasons: readonly string[] = offer.reasons;
    if (reasons.length > 0 && (reason === null || !reasons.includes(reason))) continue;
    if (lastAt && renewalDate(lastAt, MONTH, offer.againAfterMonths) > now) continue;
    const terms = await offerTerms(tx, offer, membership, facts);
    if (terms) return { offer, terms };
  }
  return null;
}

/**
 * When an offer was last accepted that came to something, for whichever membership of this person, or of this
 * organization: who leaves, buys again and leaves again is the same.
 */
export async function lastAccepted(
  tx: Tx,
  { customerId, organizationId }: Pick<Membership, "customerId" | "organizationId">,
): Promise<Date | null> {
  const theirs =
    organizationId === null
      ? and(eq(subscriptions.customerId, customerId), isNull(subscriptions.organizationId))
      : eq(subscriptions.organizationId, organizationId);
  const [row] = await tx
    .select({ at: sql<string | null>`max(${retentionShowings.answeredAt})` })
    .from(retentionShowings)
    .innerJoin(subscriptionChanges, eq(subscriptionChanges.showingId, retentionShowings.id))
    .innerJoin(subscriptions, eq(subscriptions.id, retentionShowings.subscriptionId))
    .where(and(theirs, eq(retentionShowings.answer, "accepted"), ne(subscriptionChanges.status, "failed")));
  return row?.at ? new Date(row.at) : null;
}
