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
};

export function priceView(price: ResolvedPrice): PriceView {
  const { campaign, defaultPrice } = price;
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
  };
}
