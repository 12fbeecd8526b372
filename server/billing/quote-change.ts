import { eq } from "drizzle-orm";
import { priceReceipts } from "../../drizzle/schema/pricing.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { money, taxIncluded } from "../kernel/money.ts";
import type { SecretBox } from "../kernel/secret-box.ts";
import { type ResolvedPrice, resolvePrice } from "../pricing/index.ts";
import {
  type ChangeGateway,
  type ChangePreview,
  isAllowed,
  type Membership,
  readChangeFacts,
  subscriptionErrors,
} from "../subscriptions/index.ts";
import { carriedSeats } from "./carried-seats.ts";
import { type ChangeQuote, QUOTE_MINUTES, sealQuote } from "./change-quote.ts";
import { type Reach, reachMembership } from "./own-membership.ts";
import { planTiming } from "./plan-timing.ts";

export type QuoteRequest = { readonly id: string; readonly productId: string; readonly variantId: string };
type Priced = { readonly membership: Membership; readonly price: ResolvedPrice };
type QuotePorts = { readonly subscriptionChanges: ChangeGateway; readonly secretBox: SecretBox };

/**
 * What changing a membership to another would cost, and when: the price that is offered now, what is charged at once by
 * the provider's own computation at one fixed instant, and what renews. Sealed; it holds for 15 minutes and is what is
 * charged. Changes nothing. Throws `subscriptions.not_found`, `subscriptions.change_not_allowed`,
 * `subscriptions.same_plan`, `subscriptions.not_for_change`, ProviderError.
 */
export async function quoteChange(
  ctx: Ctx<QuotePorts>,
  request: QuoteRequest,
  reach: Reach,
): Promise<{ quote: ChangeQuote; sealed: string; tax: { amount: number; rateBps: number } }> {
  const { membership, price } = await ctx.db.transaction((tx) => priceFor(tx, request, reach), { readOnly: true });
  const { interval, intervalCount, stripePriceId, currency } = price;
  const { quantity, extraSeats, amount } = carriedSeats(membership, price);
  if (interval === null || intervalCount === null || stripePriceId === null)
    throw subscriptionErrors.notForChange({ productId: request.productId });
  const trialing = membership.status === "trialing";
  const timing = planTiming(membership, { amount, interval, intervalCount }, { trialing });
  // Whole seconds: the provider counts no finer, and what is signed must be what is sent.
  const now = new Date(Math.floor(ctx.now().getTime() / 1000) * 1000);
  const charged = timing === "now" && !trialing;
  const preview = charged
    ? await ctx.providers.subscriptionChanges.previewChange({
        externalId: membership.stripeSubscriptionId,
        stripePriceId,
        quantity,
        prorationAt: now,
      })
    : nothingNow(currency);
  const endsAt = membership.currentPeriodEndAt?.toISOString() ?? null;
  const quote: ChangeQuote = {
    subscriptionId: membership.id,
    productId: price.product.id,
    variantId: price.variant.id,
    ...{ timing, stripePriceId, amount, currency, interval, intervalCount },
    ...{ quantity, extraSeats, extraBefore: membership.extraSeats },
    prorationAt: charged ? now.toISOString() : null,
    effectiveAt: timing === "period_end" ? endsAt : null,
    nextPaymentAt: endsAt,
    expiresAt: new Date(now.getTime() + QUOTE_MINUTES * 60_000).toISOString(),
    preview: { ...preview, lines: [...preview.lines] },
  };
  const rateBps = price.product.taxRateBps;
  const tax = { amount: taxIncluded(money(Math.max(0, preview.dueNow), currency), rateBps).amount, rateBps };
  return { quote, sealed: sealQuote(ctx.providers.secretBox, quote), tax };
}

const nothingNow = (currency: string): ChangePreview => ({ currency, lines: [], total: 0, dueNow: 0 });

/** The membership and the price it would have; a member never changes to what they have. */
export async function priceFor(tx: Tx, request: QuoteRequest, reach: Reach): Promise<Priced> {
  const membership = await reachMembership(tx, request.id, reach);
  const { facts } = await readChangeFacts(tx, membership.id);
  if (facts.inFlight) throw subscriptionErrors.changeInProgress();
  if (!isAllowed({ kind: "plan", timing: "now", byStaff: false }, facts))
    throw subscriptionErrors.changeNotAllowed({ status: membership.status, wanted: "plan" });
  const { productId, variantId } = request;
  const price = await resolvePrice(tx, { productId, variantId, currency: membership.currency });
  // A person changes to another membership, an organization to another plan.
  if (price.product.kind !== (membership.organizationId === null ? "membership" : "plan"))
    throw subscriptionErrors.notForChange({ productId });
  if (variantId === (await presentVariant(tx, membership))) throw subscriptionErrors.samePlan();
  return { membership, price };
}

/** The form of the product that a membership is, by the receipt of its price. */
export async function presentVariant(tx: Tx, { priceReceiptId }: Membership): Promise<string | null> {
  const [receipt] = await tx
    .select({ variantId: priceReceipts.variantId })
    .from(priceReceipts)
    .where(eq(priceReceipts.id, priceReceiptId));
  return receipt?.variantId ?? null;
}
