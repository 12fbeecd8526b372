import { type Currency, type MinorUnits, minorUnits } from "../kernel/money.ts";
import { comesOutEven, type Paid } from "./campaign-months.ts";
import type { CampaignStatus } from "./campaign-status.ts";

/** The rule that decides, and its version: stands on every receipt. A change of meaning needs a new number. */
export const PRICE_RULE = "lowest-applicable-campaign/2";
/** Its first version: campaigns of a number of months were for nothing that renews. */
export const FIRST_PRICE_RULE = "lowest-applicable-campaign/1";

export type Interval = "day" | "week" | "month" | "year";

/** What somebody pays when no campaign applies; tax included. `interval` null: paid once. */
export type DefaultPrice = {
  readonly id: string;
  readonly currency: Currency;
  readonly amount: MinorUnits;
  readonly interval: Interval | null;
  readonly intervalCount: number | null;
  /** Null until the catalogue has been mirrored to Stripe. */
  readonly stripePriceId: string | null;
};

/** Why a campaign's price cannot be used whatever it is compared with: the last two when it is not as it was announced. */
export type SourceProblem = "archived" | "not_found" | "no_plain_amount" | "wrong_currency" | "wrong_interval";

/** One price of one campaign that names the product, as stored. */
export type Candidate = {
  readonly campaignId: string;
  readonly campaignName: string;
  readonly status: CampaignStatus;
  readonly startAt: Date | null;
  readonly endAt: Date | null;
  readonly durationMonths: number | null;
  readonly campaignPriceId: string;
  readonly stripePriceId: string;
  readonly state: "pending" | "usable" | "unusable";
  readonly problem: SourceProblem | null;
  readonly currency: string | null;
  readonly amount: number | null;
  readonly interval: string | null;
  readonly intervalCount: number | null;
  readonly version: number;
  readonly announcedAt: Date;
};

export type PriceFacts = {
  readonly at: Date;
  readonly defaultPrice: DefaultPrice;
  readonly candidates: readonly Candidate[];
};

/** Why a candidate was not the price. The words that staff see are in `loss-reason.ts`. */
export type LossReason =
  | SourceProblem
  | "not_active"
  | "not_started"
  | "over"
  | "not_yet_checked"
  | "superseded"
  | "has_duration"
  | "not_lower"
  | "beaten";

export type Alternative = { readonly candidate: Candidate; readonly lost: LossReason };

/** Which price holds, by which rule, and why each other one lost. `winner` null: the default price. */
export type Decision = {
  readonly rule: string;
  readonly winner: Candidate | null;
  readonly amount: MinorUnits;
  readonly alternatives: readonly Alternative[];
};

/**
 * The price of one product at one instant. The default price, unless a campaign that is on has a checked price of the
 * same currency, interval and interval count below it. Of several the lowest wins, then the campaign that started first,
 * then the smaller id: the order in which they are given never matters.
 */
export function decidePrice(facts: PriceFacts): Decision {
  return decideBy({ rule: PRICE_RULE, lasts: comesOutEven }, facts);
}

/** The same by the rule's first version, for the receipts that it wrote. */
export function decidePriceFirst(facts: PriceFacts): Decision {
  return decideBy(
    { rule: FIRST_PRICE_RULE, lasts: (months, { interval }) => months === null || interval === null },
    facts,
  );
}

type Rule = { readonly rule: string; readonly lasts: (months: number | null, paid: Paid) => boolean };

function decideBy({ rule, lasts }: Rule, facts: PriceFacts): Decision {
  const alike = facts.candidates.filter(
    (other) => other.currency === facts.defaultPrice.currency && sameInterval(other, facts.defaultPrice),
  );
  const replaced = replacedCandidates(alike);
  const judged = facts.candidates.map((candidate) => ({ candidate, lost: lossOf(candidate, facts, replaced, lasts) }));
  const [winner] = judged
    .flatMap(({ candidate, lost }) => (lost === null ? [candidate] : []))
    .toSorted(compareCandidates);
  const alternatives = judged
    .filter(({ candidate }) => candidate !== winner)
    .map(({ candidate, lost }) => ({ candidate, lost: lost ?? ("beaten" as const) }))
    .toSorted((a, b) => compareCandidates(a.candidate, b.candidate));
  const amount = minorUnits(winner?.amount ?? facts.defaultPrice.amount);
  return { rule, winner: winner ?? null, amount, alternatives };
}

/** Whether the campaign itself is on: active, begun, and its end open or not passed. Its end is its last instant. */
export function campaignState(
  campaign: Pick<Candidate, "status" | "startAt" | "endAt">,
  at: Date,
): "on" | "not_active" | "not_started" | "over" {
  if (campaign.status !== "active") return "not_active";
  if (campaign.startAt !== null && campaign.startAt > at) return "not_started";
  if (campaign.endAt !== null && campaign.endAt < at) return "over";
  return "on";
}

function lossOf(
  candidate: Candidate,
  { at, defaultPrice }: PriceFacts,
  replaced: (candidate: Candidate) => boolean,
  lasts: Rule["lasts"],
): LossReason | null {
  const state = campaignState(candidate, at);
  if (state !== "on") return state;
  if (candidate.state === "pending") return "not_yet_checked";
  // Nothing is known of a price that Stripe never had.
  if (candidate.currency === null) return candidate.problem ?? "not_yet_checked";
  if (candidate.currency !== defaultPrice.currency) return "wrong_currency";
  if (!sameInterval(candidate, defaultPrice)) return "wrong_interval";
  // A later price of the same campaign replaces an earlier one even when it turns out to be of no use: its owner meant it to.
  if (replaced(candidate)) return "superseded";
  if (candidate.state === "unusable" || candidate.amount === null) return candidate.problem ?? "no_plain_amount";
  if (!lasts(candidate.durationMonths, defaultPrice)) return "has_duration";
  if (candidate.amount >= defaultPrice.amount) return "not_lower";
  return null;
}

function sameInterval(
  candidate: Pick<Candidate, "interval" | "intervalCount">,
  price: Pick<DefaultPrice, "interval" | "intervalCount">,
): boolean {
  return candidate.interval === price.interval && candidate.intervalCount === price.intervalCount;
}

/**
 * Which of prices that are alike (one currency, interval and count) a newer one of the same campaign replaces. In one pass:
 * a product may be named by thousands of campaigns.
 */
export function replacedCandidates(alike: readonly Candidate[]): (candidate: Candidate) => boolean {
  const newest = new Map<string, Candidate>();
  for (const candidate of alike) {
    const known = newest.get(candidate.campaignId);
    if (candidate.currency !== null && (known === undefined || isNewer(candidate, known)))
      newest.set(candidate.campaignId, candidate);
  }
  return (candidate) => {
    const latest = newest.get(candidate.campaignId);
    return latest !== undefined && isNewer(latest, candidate);
  };
}

function isNewer(one: Candidate, other: Candidate): boolean {
  return one.version > other.version || (one.version === other.version && one.announcedAt > other.announcedAt);
}

/** The better one first: the lower price, then the campaign that began first, then the smaller ids. */
export function compareCandidates(a: Candidate, b: Candidate): number {
  const amounts = (a.amount ?? Number.MAX_SAFE_INTEGER) - (b.amount ?? Number.MAX_SAFE_INTEGER);
  const starts = (a.startAt?.getTime() ?? 0) - (b.startAt?.getTime() ?? 0);
  return amounts || starts || order(a.campaignId, b.campaignId) || order(a.campaignPriceId, b.campaignPriceId);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
