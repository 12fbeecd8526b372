import type { TrialWithoutCard } from "../../drizzle/schema/catalog.ts";
import type { Price } from "../catalog/index.ts";

/** What belongs to a recurring price besides its amount. */
export type PriceTerms = {
  /** Days before the first charge; 0: charged at once. */
  readonly trialDays: number;
  /** What the trial's end brings when no card has come by then; null: the page asks for one. */
  readonly trialWithoutCard: TrialWithoutCard | null;
  /** Charged once, with the first payment page; minor units, tax included; 0: none. */
  readonly setupFeeAmount: number;
  /** What the provider is told to charge for it; null while it has not heard of it, or there is none. */
  readonly setupFeeStripePriceId: string | null;
};

export function termsOf({ trialDays, trialWithoutCard, setupFeeAmount, setupFeeStripePriceId }: Price): PriceTerms {
  return {
    trialDays,
    trialWithoutCard,
    setupFeeAmount,
    setupFeeStripePriceId: setupFeeAmount > 0 ? setupFeeStripePriceId : null,
  };
}

/** What a buyer is given of the terms: a trial is had once. */
export function termsFor<Terms extends PriceTerms>(terms: Terms, buyer: { readonly trialUsed: boolean }): Terms {
  return buyer.trialUsed ? { ...terms, trialDays: 0, trialWithoutCard: null } : terms;
}

/** How many days before a trial ends its buyer is told by mail: three, or one when the trial is shorter than a week. */
export function trialNoticeDays(trialDays: number): number {
  return trialDays >= 7 ? 3 : 1;
}
