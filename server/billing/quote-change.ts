import { eq } from "drizzle-orm";
import { priceReceipts } from "../../drizzle/schema/pricing.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { money, taxIncluded } from "../kernel/money.ts";
import type { SecretBox } from "../kernel/secret-box.ts";
import { type ResolvedPrice, resolvePrice } from "../pricing/index.ts";
import {
  type ChangeCost,
  type ChangeGateway,
  type ChangeTiming,
  discountOf,
  isAllowed,
  type Membership,
  nextCharge,
  readChangeFacts,
  subscriptionErrors,
  unitsOf,
} from "../subscriptions/index.ts";
import { carriedQuantity } from "./carried-quantity.ts";
import { type ChangeQuote, QUOTE_MINUTES, quotedAt, sealQuote } from "./change-quote.ts";
import { readChangeRules } from "./change-rules.ts";
import { type Reach, reachMembership } from "./own-membership.ts";
import { type ChangeRules, changeSort, decideTiming, waysOf } from "./plan-timing.ts";
import { runningTrial } from "./running-trial.ts";
import { type TrialEnd, trialEnd } from "./trial-end.ts";

export type QuoteRequest = {
  readonly id: string;
  readonly productId: string;
  readonly variantId: string;
  readonly timing?: ChangeTiming | undefined;
};
type Priced = { readonly membership: Membership; readonly price: ResolvedPrice };
type QuotePorts = { readonly subscriptionChanges: ChangeGateway; readonly secretBox: SecretBox };
/** A membership, what becomes of its trial, and the instant from which is counted. */
type Standing = { readonly membership: Membership; readonly trial: TrialEnd | null; readonly now: Date };
/** A price that renews, as the provider knows it. */
type Renewing = Omit<ResolvedPrice, "amount"> & {
  readonly interval: NonNullable<ResolvedPrice["interval"]>;
  readonly intervalCount: number;
  readonly stripePriceId: string;
  /** What is paid in all, for as many as there are then. */
  readonly amount: number;
  readonly quantity: number;
  readonly extraSeats: number;
};

/**
 * What changing a membership to another would cost, and when: the price that is offered now, what is charged at once or
 * comes with the next invoice by the provider's own computation at one fixed instant, and what is paid next. Sealed; it holds
 * for 15 minutes and is what is charged. Made in the way that is asked for (`timing`), else as the shop has it; `ways`: those
 * that the actor may choose among, the shop's own first. In a trial it says when that ends then, and what is charged at once where that
 * is with the change. Changes nothing. Throws `subscriptions.not_found`,
 * `subscriptions.change_not_allowed`, `subscriptions.same_plan`, `subscriptions.not_for_change`,
 * `subscriptions.timing_not_allowed`, `subscriptions.trial_needs_card`, ProviderError.
 */
export async function quoteChange(
  ctx: Ctx<QuotePorts>,
  request: QuoteRequest,
  reach: Reach,
): Promise<{
  quote: ChangeQuote;
  sealed: string;
  tax: { amount: number; rateBps: number };
  ways: readonly ChangeTiming[];
}> {
  // Whole seconds: the provider counts no finer, and what is signed must be what is sent.
  const now = new Date(Math.floor(ctx.now().getTime() / 1000) * 1000);
  const { membership, price, rules, trial } = await ctx.db.transaction(
    async (tx) => {
      const priced = await priceFor(tx, request, reach);
      const rules = await readChangeRules(tx, priced.membership.organizationId);
      return { ...priced, rules, trial: await trialAfter(tx, priced, rules, now) };
    },
    { readOnly: true },
  );
  if (trial?.ends === "now" && price.amount > 0 && membership.stripeCardId === null)
    throw subscriptionErrors.trialNeedsCard();
  const { interval, intervalCount, stripePriceId } = price;
  if (interval === null || intervalCount === null || stripePriceId === null)
    throw subscriptionErrors.notForChange({ productId: request.productId });
  const carried = carriedQuantity(membership, price);
  const wanted = { ...price, ...{ interval, intervalCount, stripePriceId }, ...carried };
  const sort = changeSort(membership, wanted);
  const trialing = membership.status === "trialing";
  const decided = decideTiming({ sort, rules, trialing, asked: request.timing, free: reach === "any" });
  const quote = await makeQuote(ctx, { membership, trial, now }, wanted, decided);
  const rateBps = price.product.taxRateBps;
  const due = money(Math.max(0, quote.preview.dueNow), quote.currency);
  return {
    quote,
    sealed: sealQuote(ctx.providers.secretBox, quote),
    tax: { amount: taxIncluded(due, rateBps).amount, rateBps },
    ways: trialing ? ["now"] : waysOf(rules, sort, reach === "any"),
  };
}

async function makeQuote(
  ctx: Ctx<QuotePorts>,
  { membership, trial, now }: Standing,
  price: Renewing,
  decided: { timing: ChangeTiming; promoted: boolean },
): Promise<ChangeQuote> {
  const { amount, currency, interval, intervalCount, stripePriceId, quantity, extraSeats } = price;
  const { timing, promoted, cost } = await costOf(ctx, { membership, trial, now, stripePriceId, quantity }, decided);
  const endsAt = membership.currentPeriodEndAt;
  const chargedAt = trial?.ends === "moved" ? trial.at : endsAt;
  // Where a period begins with the change, what was invoiced for it says when it ends.
  const invoiced = cost?.lines.filter((line) => line.stripePriceId === stripePriceId).map((line) => line.untilAt) ?? [];
  const nextAt =
    cost?.next?.at ?? (cost && invoiced.length > 0 ? new Date(invoiced.toSorted().at(-1) ?? "") : chargedAt);
  const left = cost?.invoicedNow ? { carriedAmount: 0, balanceAmount: cost.balanceAfter } : membership;
  const ofSeats = extraSeats * (price.seats?.each ?? 0);
  const kept = { currency, ...pickKept(left) };
  const next = nextAt && nextCharge(amount, discountOf(membership), kept, nextAt, ofSeats);
  const { lines, total, dueNow } = cost ?? { lines: [], total: 0, dueNow: 0 };
  return {
    subscriptionId: membership.id,
    productId: price.product.id,
    variantId: price.variant.id,
    ...{ timing, promoted, stripePriceId, amount, currency, interval, intervalCount },
    ...{ quantity, extraSeats, extraBefore: membership.extraSeats, unitsBefore: unitsOf(membership) },
    prorationAt: cost ? now.toISOString() : null,
    ...(trial === null ? {} : { trial: { ...trial, at: trial.at.toISOString() } }),
    effectiveAt: timing === "period_end" ? (endsAt?.toISOString() ?? null) : null,
    periodEndAt: endsAt?.toISOString() ?? null,
    nextPaymentAt: nextAt?.toISOString() ?? null,
    ...(next === null ? {} : { nextAmount: cost?.next?.amount ?? next }),
    expiresAt: new Date(now.getTime() + QUOTE_MINUTES * 60_000).toISOString(),
    preview: { currency, lines: [...lines], total, dueNow },
  };
}

const pickKept = ({ carriedAmount, balanceAmount }: { carriedAmount: number; balanceAmount: number }) => ({
  ...{ carriedAmount, balanceAmount },
});

/** What the provider reckons; null where nothing is reckoned. What it would invoice at once although it should wait is made now. */
async function costOf(
  ctx: Ctx<QuotePorts>,
  of: Standing & { stripePriceId: string; quantity: number },
  { timing, promoted }: { timing: ChangeTiming; promoted: boolean },
): Promise<{ timing: ChangeTiming; promoted: boolean; cost: ChangeCost | null }> {
  const endsTrial = of.trial?.ends === "now";
  const trialing = of.membership.status === "trialing" && !endsTrial;
  if (timing === "period_end" || trialing) return { timing, promoted, cost: null };
  const cost = await ctx.providers.subscriptionChanges.previewChange({
    externalId: of.membership.stripeSubscriptionId,
    ...{ stripePriceId: of.stripePriceId, quantity: of.quantity },
    prorationAt: of.now,
    timing,
    endsTrial,
  });
  if (timing === "next_invoice" && cost.invoicedNow) return costOf(ctx, of, { timing: "now", promoted: true });
  return { timing, promoted, cost };
}

/** The membership and the price it would have; a member never changes to what they have. */
export async function priceFor(tx: Tx, request: QuoteRequest, reach: Reach): Promise<Priced> {
  const membership = await reachMembership(tx, request.id, reach);
  const { facts } = await readChangeFacts(tx, membership.id);
  if (facts.inFlight) throw subscriptionErrors.changeInProgress();
  if (facts.scheduledKind === "seats" || facts.scheduledKind === "units")
    throw subscriptionErrors.changeBooked({ wanted: "plan" });
  if (facts.freeUntil && reach !== "any")
    throw subscriptionErrors.freeTimeRuns({ endsAt: facts.freeUntil.toISOString() });
  if (!isAllowed({ kind: "plan", timing: "now", byStaff: reach === "any" }, facts))
    throw subscriptionErrors.changeNotAllowed({ status: membership.status, wanted: "plan" });
  const { productId, variantId } = request;
  const price = await resolvePrice(tx, { productId, variantId, currency: membership.currency });
  // A person changes to another membership, an organization to another plan.
  if (price.product.kind !== (membership.organizationId === null ? "membership" : "plan"))
    throw subscriptionErrors.notForChange({ productId });
  if (variantId === (await presentVariant(tx, membership))) throw subscriptionErrors.samePlan();
  return { membership, price };
}

/** What becomes of the trial that runs, by the rules; null: none does. */
async function trialAfter(tx: Tx, { membership, price }: Priced, rules: ChangeRules, at: Date) {
  const trial = await runningTrial(tx, membership);
  return trial && trialEnd(rules.trial ?? "keep", trial, price.terms.trialDays, at);
}

/** Whether the trial ends as it was shown, by what counts now. Throws `subscriptions.quote_expired`. */
async function requireTrialAsQuoted(tx: Tx, priced: Priced, quote: ChangeQuote, rules: ChangeRules): Promise<void> {
  const trial = await trialAfter(tx, priced, rules, quotedAt(quote));
  const shown = quote.trial ?? null;
  const kept = (trial?.ends ?? "kept") === "kept" && (shown?.ends ?? "kept") === "kept";
  const same = trial?.ends === shown?.ends && trial?.rule === shown?.rule && trial?.at.toISOString() === shown?.at;
  const past = trial?.ends === "moved" && trial.at <= tx.scope.now;
  if ((!kept && !same) || past) throw subscriptionErrors.quoteExpired();
}

/** Whether somebody may still have a change in the way that was quoted, and a trial ends as it was. Throws `subscriptions.quote_expired`. */
export async function requireAllowed(
  tx: Tx,
  { membership, price, quote }: Priced & { readonly quote: ChangeQuote },
  reach: Reach,
): Promise<void> {
  const rules = await readChangeRules(tx, membership.organizationId);
  await requireTrialAsQuoted(tx, { membership, price }, quote, rules);
  if (reach === "any" || membership.status === "trialing") return;
  const { interval, intervalCount } = quote;
  const sort = changeSort(membership, { amount: carriedQuantity(membership, price).amount, interval, intervalCount });
  const ways = waysOf(rules, sort, false);
  // What was asked for with the next invoice may be made now by the provider's own rule.
  if (!ways.includes(quote.timing) && !(quote.promoted && ways.includes("next_invoice")))
    throw subscriptionErrors.quoteExpired();
}

/** The form of the product that a membership is, by the receipt of its price. */
export async function presentVariant(tx: Tx, { priceReceiptId }: Membership): Promise<string | null> {
  const [receipt] = await tx
    .select({ variantId: priceReceipts.variantId })
    .from(priceReceipts)
    .where(eq(priceReceipts.id, priceReceiptId));
  return receipt?.variantId ?? null;
}
