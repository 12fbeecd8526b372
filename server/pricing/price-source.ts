/** A price as the payment provider holds it now. `currency` is upper case; `amount` is in minor units. */
export type SourcePrice = {
  readonly id: string;
  /** Neither the price nor its product is archived. */
  readonly active: boolean;
  readonly currency: string;
  /** Null when it has no plain amount per unit: tiers, fractions of the smallest unit, chosen by the buyer. */
  readonly amount: number | null;
  readonly interval: "day" | "week" | "month" | "year" | null;
  readonly intervalCount: number | null;
};

/** Where campaign prices are looked up. Never asked while somebody waits for a page or a checkout. */
export type PriceSource = {
  /** The price as it is now; null when there is none of that id. Throws ProviderError when it cannot be said. */
  findPrice(stripePriceId: string): Promise<SourcePrice | null>;
};
