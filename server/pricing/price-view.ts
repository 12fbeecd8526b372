import type { TrialWithoutCard } from "../../drizzle/schema/catalog.ts";
import { trialNoticeDays } from "./price-terms.ts";
import type { ResolvedPrice } from "./resolve-price.ts";

/** A price as pages get it. Amounts are minor units, tax included. */
export type PriceView = {
  readonly amount: number;
  readonly currency: string;
  readonly interval: "day" | "week" | "month" | "year" | null;
  readonly intervalCount: number | null;
  /** The campaign whose price this is. It is called reduced only when {@link lowest30Days} is there too. */
  readonly campaign: {
    readonly id: string;
    readonly name: string;
    readonly endAt: Date | null;
    readonly durationMonths: number | null;
  } | null;
  readonly defaultAmount: number;
  /** The one reference price that may stand beside a reduced one; null: no tag, no percentage. */
  readonly lowest30Days: number | null;
  /** What is charged once the campaign's months are over; null: this price holds as long as the subscription. */
  readonly laterAmount: number | null;
  readonly taxRateBps: number;
  /** How it begins for those who have had no trial before: days until the first charge, and when they are told of it. */
  readonly trial: {
    readonly days: number;
    readonly noticeDays: number;
    /** What its end brings when no card has come by then; null: a card is asked for at the start. */
    readonly withoutCard: TrialWithoutCard | null;
  } | null;
  /** Charged once beside what renews; 0: none. */
  readonly setupFeeAmount: number;
};

export function priceView(price: ResolvedPrice): PriceView {
  const { campaign, defaultPrice } = price;
  const { trialDays, trialWithoutCard } = price.terms;
  return {
    amount: price.amount,
    currency: price.currency,
    interval: price.interval,
    intervalCount: price.intervalCount,
    campaign,
    defaultAmount: defaultPrice.amount,
    lowest30Days: price.lowest30Days,
    laterAmount: campaign?.durationMonths && price.interval !== null ? defaultPrice.amount : null,
    taxRateBps: price.product.taxRateBps,
    trial:
      trialDays > 0 ? { days: trialDays, noticeDays: trialNoticeDays(trialDays), withoutCard: trialWithoutCard } : null,
    setupFeeAmount: price.terms.setupFeeAmount,
  };
}
