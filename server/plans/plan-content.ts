import type { TrialWithoutCard } from "../../drizzle/schema/catalog.ts";
import type { FeatureValue } from "../../drizzle/schema/plans.ts";

type Texts = { readonly sv: string; readonly en: string };
export type PlanInterval = "month" | "year";

/** What a version costs in a currency for a month or a year, in minor units, tax included. */
export type PlanPrice = {
  readonly currency: "SEK" | "EUR" | "USD";
  readonly interval: PlanInterval;
  readonly amount: number;
  /** What each seat beyond those that the version holds costs, paid as often; null: none are sold. */
  readonly seatAmount: number | null;
  /** What the provider's price is found by. */
  readonly lookupKey: string;
};

/** Everything that a version of a plan says. */
export type PlanContent = {
  readonly name: Texts;
  readonly summary: Texts;
  readonly prices: readonly PlanPrice[];
  readonly holds: Readonly<Record<string, FeatureValue>>;
  /** How many days everything holds although a payment is missing. */
  readonly graceDays: number;
  /** Whether everything holds while it rests; else what is free. A trial that stopped for want of a card is no rest. */
  readonly pauseKeeps: boolean;
  /** Days before the first charge (0: none), and what their end brings without a card (null: one is asked for at the start). */
  readonly trialDays: number;
  readonly trialWithoutCard: TrialWithoutCard | null;
};

/** What of seats stands on a price that is sold: nothing where no more can be bought than the version holds. */
export function seatsSold(
  { seatAmount }: Pick<PlanPrice, "seatAmount">,
  { seats }: PlanContent["holds"],
): { includedSeats: number | null; seatAmount: number | null } {
  if (seatAmount === null || typeof seats !== "number") return { includedSeats: null, seatAmount: null };
  return { includedSeats: seats, seatAmount };
}

/** The form of the plan's product that is paid by the month or the year; its id is the same in every version. */
export function variantIdOf(productId: string, interval: PlanInterval): string {
  return `${productId}-${interval}`;
}

/** The look-up key that a price has unless staff say another: of what it is the price, whatever it costs. */
export function usualLookupKey(productId: string, price: Pick<PlanPrice, "currency" | "interval">): string {
  const { currency, interval } = price;
  return `kraftverk:${productId}:${variantIdOf(productId, interval)}:${currency}:1-${interval}`.toLowerCase();
}

/** `USD:month`: the place that a price takes in a version. */
export function priceKey({ currency, interval }: Pick<PlanPrice, "currency" | "interval">): string {
  return `${currency}:${interval}`;
}
