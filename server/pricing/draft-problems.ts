import {
  type CampaignDraftContent,
  type DraftFacts,
  type DraftPrice,
  draftCandidates,
  priceKey,
  productsOf,
} from "./campaign-content.ts";
import { comesOutEven } from "./campaign-months.ts";
import { type DefaultPrice, decidePrice } from "./price-decision.ts";
import type { SourcePrice } from "./price-source.ts";
import type { ProductCandidate } from "./queries.ts";
import { sourceProblem } from "./source-problem.ts";

/**
 * What is wrong with a draft. The words (what is wrong, what to do) are the page's: `campaigns.editor.problem.<code>`. An
 * error keeps it from being published; a warning is for the editor to weigh.
 */
export type DraftProblem = {
  readonly severity: "error" | "warning";
  readonly code: DraftProblemCode;
  /** The part of the draft it is about: `name`, `products`, `endAt`, `prices.0`. */
  readonly field: string;
  readonly productId?: string;
  readonly currency?: string;
  readonly amount?: number;
  /** The default price it is measured against. */
  readonly defaultAmount?: number;
  /** The other campaign. */
  readonly other?: string;
};

export const DRAFT_PROBLEMS = [
  "name_missing",
  "no_products",
  "unknown_product",
  "no_prices",
  "end_before_start",
  "already_over",
  "months_with_membership",
  "price_incomplete",
  "price_doubled",
  "price_for_other_product",
  "price_twice",
  "price_not_fetched",
  "price_not_found",
  "price_archived",
  "price_no_plain_amount",
  "price_wrong_currency",
  "price_wrong_interval",
  "no_default_price",
  "not_below_default",
  "product_without_price",
  "overlap_wins",
  "overlap_loses",
] as const;
export type DraftProblemCode = (typeof DRAFT_PROBLEMS)[number];

/** Everything that is wrong with a draft, errors first. Pure: the page, the publication and the tests ask the same. */
export function draftProblems(content: CampaignDraftContent, facts: DraftFacts): DraftProblem[] {
  const found = [
    ...aboutTheWhole(content, facts),
    ...content.prices.flatMap((price, index) => aboutPrice(price, index, content, facts)),
    ...aboutProducts(content, facts),
    ...aboutOthers(content, facts),
  ];
  return found.toSorted((a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"));
}

const error = (code: DraftProblemCode, field: string, more: Partial<DraftProblem> = {}): DraftProblem => ({
  severity: "error",
  code,
  field,
  ...more,
});

function aboutTheWhole(content: CampaignDraftContent, { now, defaults }: DraftFacts): DraftProblem[] {
  const { startAt, endAt, productIds } = content;
  const uneven = productIds.filter((id) =>
    (defaults.get(id) ?? []).some((price) => isPriced(content, price) && !comesOutEven(content.durationMonths, price)),
  );
  return [
    ...(content.name.trim() === "" ? [error("name_missing", "name")] : []),
    ...(productIds.length === 0 ? [error("no_products", "products")] : []),
    ...productIds.flatMap((productId) =>
      defaults.has(productId) ? [] : [error("unknown_product", "products", { productId })],
    ),
    ...(content.prices.length === 0 ? [error("no_prices", "prices")] : []),
    ...(startAt !== null && endAt !== null && endAt < startAt ? [error("end_before_start", "endAt")] : []),
    ...(endAt !== null && new Date(endAt) < now ? [error("already_over", "endAt")] : []),
    ...uneven.map((productId) => error("months_with_membership", "durationMonths", { productId })),
  ];
}

/** Whether the campaign has a price for what is paid so often. */
const isPriced = (
  { prices }: CampaignDraftContent,
  default_: { interval: string | null; intervalCount: number | null },
) =>
  prices.some(
    ({ interval, intervalCount }) => interval === default_.interval && intervalCount === default_.intervalCount,
  );

const SOURCE_CODES = {
  not_found: "price_not_found",
  archived: "price_archived",
  no_plain_amount: "price_no_plain_amount",
  wrong_currency: "price_wrong_currency",
  wrong_interval: "price_wrong_interval",
} as const;

function aboutPrice(
  price: DraftPrice,
  index: number,
  content: CampaignDraftContent,
  facts: DraftFacts,
): DraftProblem[] {
  const field = `prices.${index}`;
  const { currency, productId } = price;
  if (productId !== null && !content.productIds.includes(productId))
    return [error("price_for_other_product", field, { productId })];
  if (content.prices.findIndex((other) => priceKey(other) === priceKey(price)) < index)
    return [error("price_twice", field, { currency })];
  if (price.stripePriceId === null && price.amount === null) return [error("price_incomplete", field)];
  if (price.stripePriceId !== null && price.amount !== null) return [error("price_doubled", field)];
  const source = price.stripePriceId === null ? asMade(price) : facts.looks.get(price.stripePriceId);
  if (source === undefined) return [error("price_not_fetched", field)];
  const problem = sourceProblem(source, { announcedCurrency: currency, announcedInterval: price.interval });
  if (problem !== null) return [error(SOURCE_CODES[problem], field, { currency })];
  return source === null ? [] : besideDefaults(source, field, productsOf(price, content), facts);
}

/** Nothing is wrong with a price that we have made ourselves, but what it is compared with. */
function asMade(price: DraftPrice): SourcePrice {
  const { currency, amount, interval, intervalCount } = price;
  return { id: "", active: true, currency, amount, interval, intervalCount };
}

function besideDefaults(
  source: SourcePrice,
  field: string,
  productIds: readonly string[],
  { defaults }: DraftFacts,
): DraftProblem[] {
  const amount = source.amount ?? 0;
  return productIds.flatMap((productId): DraftProblem[] => {
    const known = defaults.get(productId);
    if (known === undefined) return [];
    const { currency } = source;
    const alike = known.filter((price) => isAlike(price, source));
    if (alike.length === 0) return [error("no_default_price", field, { productId, currency })];
    // Where sizes differ in price, one that it does not undercut keeps its own; it is an error when it undercuts none.
    const highest = Math.max(...alike.map((price) => price.amount));
    return amount < highest
      ? []
      : [error("not_below_default", field, { productId, currency, amount, defaultAmount: highest })];
  });
}

function isAlike(price: DefaultPrice, source: SourcePrice): boolean {
  return (
    price.currency === source.currency &&
    price.interval === source.interval &&
    price.intervalCount === source.intervalCount
  );
}

function aboutProducts(content: CampaignDraftContent, { defaults }: DraftFacts): DraftProblem[] {
  if (content.prices.length === 0) return [];
  const priced = new Set(content.prices.flatMap((price) => productsOf(price, content)));
  return content.productIds.flatMap((productId) =>
    priced.has(productId) || !defaults.has(productId)
      ? []
      : [{ severity: "warning", code: "product_without_price", field: "products", productId } as const],
  );
}

/** Other campaigns of the same products at the same time: which of the two a visitor would pay. */
function aboutOthers(content: CampaignDraftContent, facts: DraftFacts): DraftProblem[] {
  const own = draftCandidates(content, facts);
  const rivals = facts.others.filter((other) => other.status === "active" && meets(other, content));
  const seen = new Set<string>();
  return content.productIds.flatMap((productId) => {
    const named = rivals.filter((other) => other.productId === productId);
    return (facts.defaults.get(productId) ?? []).flatMap((defaultPrice) =>
      [...Map.groupBy(named, (other) => other.campaignId)].flatMap(([otherId, candidates]): DraftProblem[] => {
        const verdict = whoWins(own, candidates, productId, defaultPrice);
        const key = `${productId} ${otherId} ${verdict}`;
        const other = candidates[0]?.campaignName ?? otherId;
        if (verdict === null || seen.has(key)) return [];
        seen.add(key);
        return [{ severity: "warning", code: verdict, field: "products", productId, other }];
      }),
    );
  });
}

function meets(other: ProductCandidate, content: CampaignDraftContent): boolean {
  const begins = content.startAt === null ? Number.NEGATIVE_INFINITY : Date.parse(content.startAt);
  const ends = content.endAt === null ? Number.POSITIVE_INFINITY : Date.parse(content.endAt);
  return (
    (other.startAt?.getTime() ?? Number.NEGATIVE_INFINITY) <= ends &&
    (other.endAt?.getTime() ?? Number.POSITIVE_INFINITY) >= begins
  );
}

/** Judged as if both were on; null where only one of them has a price that could hold. */
function whoWins(
  own: readonly ProductCandidate[],
  others: readonly ProductCandidate[],
  productId: string,
  defaultPrice: DefaultPrice,
): "overlap_wins" | "overlap_loses" | null {
  const mine = own.filter((candidate) => candidate.productId === productId);
  // Starts are kept, since of equal prices the earlier campaign wins; the instant lies within both.
  const at = new Date(Math.max(...[...mine, ...others].map((candidate) => candidate.startAt?.getTime() ?? 0)));
  const decide = (candidates: readonly ProductCandidate[]) =>
    decidePrice({ at, defaultPrice, candidates: candidates.map((one) => ({ ...one, endAt: null })) }).winner;
  if (decide(mine) === null || decide(others) === null) return null;
  return decide([...mine, ...others])?.campaignId === mine[0]?.campaignId ? "overlap_wins" : "overlap_loses";
}
