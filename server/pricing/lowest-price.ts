/** For how long a price was offered; `untilAt` null while it is. Half-open: at `untilAt` the next one holds. */
export type PricePeriod = {
  readonly amount: number;
  readonly campaignId: string | null;
  readonly fromAt: Date;
  readonly untilAt: Date | null;
};

const WINDOW_MS = 30 * 86_400_000;

/**
 * The lowest price that anybody could buy at in the 30 days before `reducedAt`, campaigns included; null when nothing
 * was on sale then. The window ends before the reduction: the reduced price itself is never its own reference.
 */
export function lowestPriceBefore(periods: readonly PricePeriod[], reducedAt: Date): number | null {
  const from = reducedAt.getTime() - WINDOW_MS;
  const offered = periods.filter(
    (period) =>
      period.fromAt < reducedAt &&
      (period.untilAt === null || (period.untilAt.getTime() > from && period.untilAt > period.fromAt)),
  );
  return offered.length === 0 ? null : Math.min(...offered.map((period) => period.amount));
}

/** When the price that holds at `at` began, by the history; `at` itself when its beginning is not written yet. */
export function reductionBegan(
  periods: readonly PricePeriod[],
  price: { readonly amount: number; readonly campaignId: string },
  at: Date,
): Date {
  const holding = periods.find((period) => period.fromAt <= at && (period.untilAt === null || period.untilAt > at));
  return holding?.campaignId === price.campaignId && holding.amount === price.amount ? holding.fromAt : at;
}

/**
 * The one price that may stand beside a reduced one: the lowest of the 30 days before this reduction began; null when it
 * is not above the price, or nothing was on sale then: nothing is called reduced. Every step of a progressive reduction
 * is one of its own, so a step is measured by the step before it and never looks larger than it is.
 */
export function referencePrice(
  periods: readonly PricePeriod[],
  price: { readonly amount: number; readonly campaignId: string },
  at: Date,
): number | null {
  const lowest = lowestPriceBefore(periods, reductionBegan(periods, price, at));
  return lowest !== null && lowest > price.amount ? lowest : null;
}
