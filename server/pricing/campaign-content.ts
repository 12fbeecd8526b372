import type { StoredContent } from "../../drizzle/schema/campaign-editing.ts";
import type { DefaultPrice } from "./price-decision.ts";
import { slotKey } from "./price-slot.ts";
import type { SourcePrice } from "./price-source.ts";
import type { ProductCandidate } from "./queries.ts";
import { sourceProblem } from "./source-problem.ts";

/** A campaign as staff describe it: what is drafted, published, compared and announced. */
export type CampaignDraftContent = StoredContent;
export type DraftPrice = StoredContent["prices"][number];

export const EMPTY_CONTENT: CampaignDraftContent = {
  name: "",
  startAt: null,
  endAt: null,
  durationMonths: null,
  productIds: [],
  prices: [],
};

/** What is known of the world when a draft is judged. */
export type DraftFacts = {
  readonly campaignId: string;
  readonly now: Date;
  /** The default prices of each product that is for sale. */
  readonly defaults: ReadonlyMap<string, readonly DefaultPrice[]>;
  /** What Stripe said of the prices that are named by id; a missing one has not been asked about yet. */
  readonly looks: ReadonlyMap<string, SourcePrice | null>;
  /** The prices of every other campaign of these products. */
  readonly others: readonly ProductCandidate[];
};

/** The products that a price counts for. */
export function productsOf(price: DraftPrice, content: CampaignDraftContent): readonly string[] {
  return price.productId === null ? content.productIds : [price.productId];
}

/** A draft as the rule would see it once it is published and its prices are made. */
export function draftCandidates(content: CampaignDraftContent, facts: DraftFacts): ProductCandidate[] {
  return content.prices.flatMap((price, index) => {
    const known = judged(price, facts);
    return productsOf(price, content).map((productId) => ({
      productId,
      campaignId: facts.campaignId,
      campaignName: content.name,
      status: "active" as const,
      startAt: content.startAt === null ? null : new Date(content.startAt),
      endAt: content.endAt === null ? null : new Date(content.endAt),
      boundaryAt: null,
      durationMonths: content.durationMonths,
      campaignPriceId: `draft:${index}`,
      stripePriceId: price.stripePriceId ?? "",
      version: index,
      announcedAt: facts.now,
      ...known,
    }));
  });
}

type Judged = Pick<ProductCandidate, "state" | "problem" | "currency" | "amount" | "interval" | "intervalCount">;

function judged(price: DraftPrice, facts: DraftFacts): Judged {
  const { currency, interval, intervalCount, amount } = price;
  if (price.stripePriceId === null)
    return {
      state: amount === null ? "unusable" : "usable",
      problem: amount === null ? "no_plain_amount" : null,
      ...{ currency, amount, interval, intervalCount },
    };
  const look = facts.looks.get(price.stripePriceId);
  if (look === undefined) return { state: "pending", problem: null, currency, amount: null, interval, intervalCount };
  const problem = sourceProblem(look, { announcedCurrency: currency, announcedInterval: interval });
  return {
    state: problem === null ? "usable" : "unusable",
    problem,
    currency: look?.currency ?? null,
    amount: look?.amount ?? null,
    interval: look?.interval ?? null,
    intervalCount: look?.intervalCount ?? null,
  };
}

/** Whether two prices of a draft are for the same thing. */
export function priceKey(price: DraftPrice): string {
  return slotKey({
    productId: price.productId ?? "*",
    variantId: null,
    currency: price.currency,
    interval: price.interval,
    intervalCount: price.intervalCount,
  });
}
