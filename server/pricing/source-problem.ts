import {
  type Candidate,
  type DefaultPrice,
  decidePrice,
  type LossReason,
  type SourceProblem,
} from "./price-decision.ts";
import type { SourcePrice } from "./price-source.ts";

/** What was said of a price when it was announced, as far as anything was. */
export type Announced = { readonly announcedCurrency: string | null; readonly announcedInterval: string | null };

/** Why a price cannot be used whatever the product costs; null: it can. */
export function sourceProblem(found: SourcePrice | null, announced: Announced): SourceProblem | null {
  if (found === null) return "not_found";
  if (!found.active) return "archived";
  if (found.amount === null) return "no_plain_amount";
  if (announced.announcedCurrency !== null && announced.announcedCurrency !== found.currency) return "wrong_currency";
  if (announced.announcedInterval !== null && announced.announcedInterval !== found.interval) return "wrong_interval";
  return null;
}

/** Why a price of a campaign is of no use for a product it names; `unknown_product`: we do not have it. */
export type ProductProblem = LossReason | "unknown_product";

export type CampaignProblem = {
  readonly campaignPriceId: string;
  readonly stripePriceId: string;
  readonly productId: string;
  readonly problem: ProductProblem;
};

/**
 * What staff have to know about a campaign's prices: each that would not be charged for a product in any currency while
 * the campaign is on. A price that a newer one of the campaign replaces is no problem, nor is another campaign that is
 * cheaper still. `candidates` are all of one campaign.
 */
export function campaignProblems(
  candidates: readonly (Candidate & { readonly productId: string })[],
  defaultPrices: ReadonlyMap<string, readonly DefaultPrice[]>,
): CampaignProblem[] {
  const on = candidates.map((candidate) => ({ ...candidate, status: "active" as const, startAt: null, endAt: null }));
  return [...Map.groupBy(on, (candidate) => candidate.productId)].flatMap(([productId, offered]) => {
    const decisions = (defaultPrices.get(productId) ?? []).map((defaultPrice) =>
      decidePrice({ at: new Date(0), defaultPrice, candidates: offered }),
    );
    return offered.flatMap(({ campaignPriceId, stripePriceId }) => {
      const losses = decisions.map(
        ({ alternatives }) =>
          alternatives.find((one) => one.candidate.campaignPriceId === campaignPriceId)?.lost ?? null,
      );
      const problem = decisions.length === 0 ? "unknown_product" : worst(losses);
      return problem === null ? [] : [{ campaignPriceId, stripePriceId, productId, problem }];
    });
  });
}

/** The reason that is nearest to being usable says most: the other currencies and intervals are never meant. */
function worst(losses: readonly (LossReason | null)[]): LossReason | null {
  if (losses.some((lost) => lost === null || lost === "beaten" || lost === "superseded")) return null;
  const nearest = losses.find((lost) => lost !== "wrong_currency" && lost !== "wrong_interval");
  return nearest ?? losses.find((lost) => lost === "wrong_interval") ?? losses[0] ?? null;
}
