import type { retentionShowings } from "../../drizzle/schema/retention-offers.ts";
import { carriedQuantity, planTiming, priceFor, resumeDate } from "../billing/index.ts";
import { findPlanOf } from "../entitlements/index.ts";
import type { Tx } from "../kernel/db.ts";
import { invariant } from "../kernel/invariant.ts";
import { writePriceReceipt } from "../pricing/index.ts";
import { type ChangeWish, type Membership, subscriptionErrors } from "../subscriptions/index.ts";

type Showing = typeof retentionShowings.$inferSelect;
type Wish = Omit<ChangeWish, "idempotencyKey">;
type Offered = {
  readonly wish: Wish;
  /** What is only made for a wish that is new. */
  readonly details: (membership: Membership) => Promise<Partial<ChangeWish>>;
};

/** The change that comes with an offer, by what was shown of it. Throws `subscriptions.quote_expired`. */
export async function wishOf(tx: Tx, showing: Showing): Promise<Offered> {
  const { subscriptionId, kind, discountBps, months, freeUntilAt } = showing;
  const plain = async () => ({});
  switch (kind) {
    case "discount":
      return {
        wish: { subscriptionId, kind, timing: "now", discountBps, discountMonths: months },
        details: plain,
      };
    case "free":
      return { wish: { subscriptionId, kind, timing: "now", freeUntilAt }, details: plain };
    case "pause":
      return {
        wish: { subscriptionId, kind, timing: "period_end" },
        details: async ({ currentPeriodEndAt: end }) => ({ resumeAt: months && end ? resumeDate(end, months) : null }),
      };
    case "plan":
      return cheaperWish(tx, showing);
  }
}

async function cheaperWish(tx: Tx, showing: Showing): Promise<Offered> {
  const { subscriptionId, productId, variantId } = showing;
  invariant(productId !== null && variantId !== null, "another membership that is offered is named");
  const { membership, price } = await priceFor(tx, { id: subscriptionId, productId, variantId }, "own");
  const { currency, interval, intervalCount, stripePriceId } = price;
  const { amount, quantity, extraSeats } = carriedQuantity(membership, price);
  if (stripePriceId !== showing.stripePriceId || amount !== showing.amount || interval === null || !intervalCount)
    throw subscriptionErrors.quoteExpired();
  const trialing = membership.status === "trialing";
  const timing = planTiming(membership, { amount, interval, intervalCount }, { trialing });
  return {
    wish: {
      ...{ subscriptionId, kind: "plan", timing, productId, variantId, stripePriceId },
      ...{ amount, currency, interval, intervalCount, quantity, extraSeats },
    },
    details: async ({ customerId, organizationId }) => {
      const sold = organizationId === null ? null : await findPlanOf(tx, productId);
      const priceReceiptId = await writePriceReceipt(
        tx,
        price,
        { customerId, accessTokenHash: null },
        sold ? 1 : quantity,
      );
      return { planVersionId: sold?.planVersionId ?? null, priceReceiptId };
    },
  };
}
