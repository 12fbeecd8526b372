import { eq } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { money, taxIncluded } from "../kernel/money.ts";
import type { SecretBox } from "../kernel/secret-box.ts";
import { type ChangeGateway, discountOf, nextCharge } from "../subscriptions/index.ts";
import { campaignEndOf } from "./campaign-end.ts";
import { QUOTE_MINUTES } from "./change-quote.ts";
import type { Reach } from "./own-membership.ts";
import { type QuantityQuote, sealQuantityQuote } from "./quantity-quote.ts";
import { leaversOf, type QuantityRequest, quantityTerms } from "./quantity-wish.ts";

type Ports = { readonly subscriptionChanges: ChangeGateway; readonly secretBox: SecretBox };

/**
 * What another number of seats, or of a membership, would cost, and when: of more what is charged at once, by the provider's own
 * computation at one fixed instant; of fewer from when, and whose they are. Sealed; it holds for 15 minutes and is what is charged.
 * Changes nothing. Throws what {@link quantityTerms} does, ProviderError.
 */
export async function quoteQuantity(
  ctx: Ctx<Ports>,
  request: QuantityRequest,
  reach: Reach,
): Promise<{ quote: QuantityQuote; sealed: string; tax: { amount: number; rateBps: number } }> {
  const { membership, terms, later, rateBps } = await ctx.db.transaction(
    async (tx) => {
      const found = await quantityTerms(tx, request, reach);
      const later = await campaignEndOf(tx, { ...found.membership, quantity: found.terms.quantity });
      return { ...found, later, rateBps: await taxRateOf(tx, found.membership.productId) };
    },
    { readOnly: true },
  );
  const { quantity, extraSeats, eachAmount, amount, timing } = terms;
  const { currency, currentPeriodEndAt } = membership;
  // Whole seconds: the provider counts no finer, and what is signed must be what is sent.
  const now = new Date(Math.floor(ctx.now().getTime() / 1000) * 1000);
  const charged = timing === "now" && membership.status !== "trialing";
  const cost = charged
    ? await ctx.providers.subscriptionChanges.previewChange({
        externalId: membership.stripeSubscriptionId,
        ...{ stripePriceId: null, quantity, prorationAt: now, timing: "now" },
      })
    : null;
  const { lines, total, dueNow } = cost ?? { lines: [], total: 0, dueNow: 0 };
  const left = cost?.invoicedNow ? { carriedAmount: 0, balanceAmount: cost.balanceAfter } : membership;
  const kept = { currency, carriedAmount: left.carriedAmount, balanceAmount: left.balanceAmount };
  const endsAt = currentPeriodEndAt?.toISOString() ?? null;
  // A campaign's months may be over by then.
  const renewing = later && currentPeriodEndAt && later.at <= currentPeriodEndAt ? later.amount : amount;
  const quote: QuantityQuote = {
    subscriptionId: membership.id,
    ...{ ...terms, currency },
    interval: membership.interval as QuantityQuote["interval"],
    intervalCount: membership.intervalCount,
    leavers: [...leaversOf(request)],
    prorationAt: charged ? now.toISOString() : null,
    effectiveAt: timing === "period_end" ? endsAt : null,
    nextPaymentAt: endsAt,
    nextAmount:
      currentPeriodEndAt &&
      nextCharge(renewing, discountOf(membership), kept, currentPeriodEndAt, extraSeats * eachAmount),
    expiresAt: new Date(now.getTime() + QUOTE_MINUTES * 60_000).toISOString(),
    preview: { currency, lines: [...lines], total, dueNow },
  };
  const tax = { amount: taxIncluded(money(Math.max(0, dueNow), currency), rateBps).amount, rateBps };
  return { quote, sealed: sealQuantityQuote(ctx.providers.secretBox, quote), tax };
}

async function taxRateOf(tx: Tx, productId: string): Promise<number> {
  const [product] = await tx.select({ rateBps: products.taxRateBps }).from(products).where(eq(products.id, productId));
  return product?.rateBps ?? 0;
}
