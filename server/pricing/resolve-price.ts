import { listOffers, type Offer, type Product, type Variant } from "../catalog/index.ts";
import type { Tx } from "../kernel/db.ts";
import { type Currency, type MinorUnits, minorUnits } from "../kernel/money.ts";
import { asDefaultPrice } from "./default-price.ts";
import { pricingErrors } from "./errors.ts";
import { type PricePeriod, referencePrice } from "./lowest-price.ts";
import { type Decision, type DefaultPrice, decidePrice, type Interval } from "./price-decision.ts";
import type { Offered } from "./price-history.ts";
import { slotKey } from "./price-slot.ts";
import { type PriceTerms, termsOf } from "./price-terms.ts";
import { candidatesFor, type ProductCandidate, periodsOf } from "./queries.ts";

/** What is asked for. Without `variantId`: the product's first variant. */
export type PriceWanted = {
  readonly productId: string;
  readonly variantId?: string | undefined;
  readonly currency: Currency;
};

/** A price as it is shown, charged and written on a receipt: one decision for all three. Amounts include tax. */
export type ResolvedPrice = {
  readonly product: Product;
  readonly variant: Variant;
  readonly currency: Currency;
  readonly amount: MinorUnits;
  readonly interval: Interval | null;
  readonly intervalCount: number | null;
  readonly campaign: {
    readonly id: string;
    readonly name: string;
    readonly endAt: Date | null;
    readonly durationMonths: number | null;
  } | null;
  /** What Stripe is told to charge; null while the catalogue is not mirrored to Stripe yet: then it cannot be bought. */
  readonly stripePriceId: string | null;
  readonly defaultPrice: DefaultPrice;
  /** What belongs to the price besides its amount: a campaign reduces the amount and leaves these. */
  readonly terms: PriceTerms;
  /** How many seats the amount is for and what each beyond them costs; null: no more are sold at it. A campaign's price has none. */
  readonly seats: { readonly included: number; readonly each: MinorUnits } | null;
  /**
   * The lowest price of the 30 days before the reduction. Null unless a campaign applies and is below it: then nothing
   * is called reduced.
   */
  readonly lowest30Days: MinorUnits | null;
  readonly decision: Decision;
  /** What it was sold at before, as far as anything is known of it: the reference price is computed from this. */
  readonly history: readonly PricePeriod[];
  readonly at: Date;
};

/**
 * What these cost now (or at `at`), in the order asked for; null for what is not for sale in that currency. Reads local
 * state only, with the same few queries for any number of products.
 */
export async function resolvePrices(
  tx: Tx,
  wanted: readonly PriceWanted[],
  at: Date = tx.scope.now,
): Promise<(ResolvedPrice | null)[]> {
  if (wanted.length === 0) return [];
  const productIds = [...new Set(wanted.map((one) => one.productId))];
  const currencies = new Set(wanted.map((one) => one.currency));
  const [only] = currencies.size === 1 ? currencies : [];
  const offers = await listOffers(tx, { productIds, ...(only === undefined ? {} : { currency: only }) });
  const chosen = wanted.map((one) => offers.find((offer) => matches(offer, one)) ?? null);
  const priced = await priceOffers(
    tx,
    chosen.filter((offer) => offer !== null),
    at,
  );
  return chosen.map((offer) => (offer === null ? null : (priced.get(offer) ?? null)));
}

/** Like {@link resolvePrices} for one. Throws `pricing.not_for_sale`. */
export async function resolvePrice(tx: Tx, wanted: PriceWanted, at?: Date): Promise<ResolvedPrice> {
  const [resolved] = await resolvePrices(tx, [wanted], at);
  if (!resolved) throw pricingErrors.notForSale({ productId: wanted.productId, currency: wanted.currency });
  return resolved;
}

/** Like {@link resolvePrice}, whatever campaigns there are: the price itself. Throws `pricing.not_for_sale`. */
export async function resolveRegularPrice(tx: Tx, wanted: PriceWanted): Promise<ResolvedPrice> {
  const { productId, currency } = wanted;
  const offers = await listOffers(tx, { productIds: [productId], currency });
  const offer = offers.find((one) => matches(one, wanted));
  if (!offer) throw pricingErrors.notForSale({ productId, currency });
  return priceOffer(offer, { candidates: new Map(), periods: new Map() }, tx.scope.now);
}

/** What has to be known to price any number of offers: read once, good for every instant until something changes. */
export type PriceBasis = {
  readonly candidates: ReadonlyMap<string, readonly ProductCandidate[]>;
  /** The history of every slot that a campaign may reduce, by {@link slotKey}. */
  readonly periods: ReadonlyMap<string, readonly PricePeriod[]>;
};

export async function readPriceBasis(tx: Tx, productIds: readonly string[], at: Date): Promise<PriceBasis> {
  const candidates = Map.groupBy(await candidatesFor(tx, productIds, at), (candidate) => candidate.productId);
  return { candidates, periods: Map.groupBy(await periodsOf(tx, [...candidates.keys()]), slotKey) };
}

/** The prices of offers that are already at hand. */
export async function priceOffers(
  tx: Tx,
  offers: readonly Offer[],
  at: Date = tx.scope.now,
): Promise<Map<Offer, ResolvedPrice>> {
  const basis = await readPriceBasis(tx, [...new Set(offers.map((offer) => offer.product.id))], at);
  return new Map(offers.map((offer) => [offer, priceOffer(offer, basis, at)]));
}

/** What one offer costs: pure, so that every list, page and checkout comes to the same answer. */
export function priceOffer(offer: Offer, basis: PriceBasis, at: Date): ResolvedPrice {
  const { defaultPrice, decision } = decideOffer(offer, basis.candidates.get(offer.product.id) ?? [], at);
  const { winner } = decision;
  const history = basis.periods.get(slotKey(offer.price)) ?? [];
  const lowest = winner && referencePrice(history, { campaignId: winner.campaignId, amount: decision.amount }, at);
  return {
    product: offer.product,
    variant: offer.variant,
    currency: defaultPrice.currency,
    amount: decision.amount,
    interval: defaultPrice.interval,
    intervalCount: defaultPrice.intervalCount,
    campaign: winner && {
      id: winner.campaignId,
      name: winner.campaignName,
      endAt: winner.endAt,
      durationMonths: winner.durationMonths,
    },
    stripePriceId: winner ? winner.stripePriceId : defaultPrice.stripePriceId,
    defaultPrice,
    terms: termsOf(offer.price),
    seats: winner ? null : seatsOf(offer.price),
    lowest30Days: lowest === null ? null : minorUnits(lowest),
    decision,
    history,
    at,
  };
}

function seatsOf({ includedSeats, seatAmount }: Offer["price"]): ResolvedPrice["seats"] {
  return includedSeats === null || seatAmount === null
    ? null
    : { included: includedSeats, each: minorUnits(seatAmount) };
}

/** The decision about one offer: pure, so that a preview and the real thing cannot differ. */
export function decideOffer(
  offer: Offer,
  candidates: readonly ProductCandidate[],
  at: Date,
): { defaultPrice: DefaultPrice; decision: Decision } {
  const defaultPrice = asDefaultPrice(offer.price);
  return { defaultPrice, decision: decidePrice({ at, defaultPrice, candidates }) };
}

/** What a visitor could buy an offer at, in the words of the price history. */
export function offeredAt(offer: Offer, candidates: readonly ProductCandidate[], at: Date): Offered {
  const { decision } = decideOffer(offer, candidates, at);
  return { amount: decision.amount, campaignId: decision.winner?.campaignId ?? null };
}

function matches(offer: Offer, wanted: PriceWanted): boolean {
  return (
    offer.product.id === wanted.productId &&
    offer.price.currency === wanted.currency &&
    (wanted.variantId === undefined || offer.variant.id === wanted.variantId)
  );
}
