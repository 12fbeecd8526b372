import { comesOutEven } from "./campaign-months.ts";
import { type Candidate, compareCandidates, type DefaultPrice, replacedCandidates } from "./price-decision.ts";

type Indexed = Candidate & { readonly productId: string };

/** What is asked for: a product at its default price. */
export type IndexedPrice = { readonly productId: string; readonly defaultPrice: DefaultPrice };

/**
 * Every campaign price that can win at some instant, by product and slot, the best first. Built once from what is stored;
 * good for any instant until something changes. It names the winner that `decidePrice` would, and none of the reasons.
 */
export type CampaignIndex<One extends Indexed = Indexed> = {
  /** The winner at an instant; null: the default price. */
  find(wanted: IndexedPrice, at: Date): One | null;
  /** The next instant after this one, in milliseconds, at which another may win; Infinity: never. */
  nextChange(at: Date): number;
  readonly size: number;
};

export function createCampaignIndex<One extends Indexed>(candidates: readonly One[]): CampaignIndex<One> {
  const bySlot = new Map<string, Entry<One>[]>();
  let size = 0;
  /** The first instants at which something is otherwise than just before, in order. */
  let changes: number[] | null = null;
  const changesOf = () =>
    [...bySlot.values()]
      .flat()
      // An end is the last instant of a campaign.
      .flatMap(({ from, until }) => [from, until + 1])
      .filter(Number.isFinite)
      .toSorted((a, b) => a - b);
  for (const [productId, named] of Map.groupBy(candidates, (candidate) => candidate.productId)) {
    for (const [slot, alike] of Map.groupBy(named, (candidate) => slotOf(productId, candidate))) {
      const replaced = replacedCandidates(alike);
      const usable = alike.filter((candidate) => canWin(candidate) && !replaced(candidate)).toSorted(compareCandidates);
      size += usable.length;
      bySlot.set(slot, usable.map(entryOf));
    }
  }
  return {
    size,
    find({ productId, defaultPrice }, at) {
      const now = at.getTime();
      for (const { candidate, amount, from, until } of bySlot.get(slotOf(productId, defaultPrice)) ?? []) {
        // The best first: from here on none is below the default price.
        if (amount >= defaultPrice.amount) return null;
        if (from <= now && now <= until) return candidate;
      }
      return null;
    },
    nextChange(at) {
      changes ??= changesOf();
      return changes.find((change) => change > at.getTime()) ?? Number.POSITIVE_INFINITY;
    },
  };
}

/** Numbers instead of dates: comparing those is what a look-up among thousands consists of. */
type Entry<One> = {
  readonly candidate: One;
  readonly amount: number;
  readonly from: number;
  readonly until: number;
};

function entryOf<One extends Indexed>(candidate: One): Entry<One> {
  return {
    candidate,
    amount: candidate.amount ?? Number.POSITIVE_INFINITY,
    from: candidate.startAt?.getTime() ?? Number.NEGATIVE_INFINITY,
    until: candidate.endAt?.getTime() ?? Number.POSITIVE_INFINITY,
  };
}

function slotOf(
  productId: string,
  { currency, interval, intervalCount }: Pick<Candidate, "currency" | "interval" | "intervalCount">,
): string {
  return `${productId}\n${currency}\n${interval}\n${intervalCount}`;
}

/** Whatever the instant: confirmed by Stripe, and of a campaign that is published and ends where a period does. */
function canWin(candidate: Candidate): boolean {
  const { status, state, currency, amount, durationMonths } = candidate;
  const lasts = comesOutEven(durationMonths, candidate);
  return status === "active" && state === "usable" && currency !== null && amount !== null && lasts;
}
