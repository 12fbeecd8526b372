import type { Currency } from "../kernel/money.ts";

/** A price that the payment provider is to hold. `amount` in minor units, tax included. */
export type PriceToMake = {
  /** Names this price at the provider: asked again under the same key, it makes nothing new. */
  readonly key: string;
  readonly productId: string;
  readonly name: string;
  readonly currency: Currency;
  readonly amount: number;
  readonly interval: "day" | "week" | "month" | "year" | null;
  readonly intervalCount: number | null;
};

/** Where prices of our own campaigns are made. Never asked while somebody waits for a page. */
export type PriceMaker = {
  /** Makes the price, or finds the one that was made under this key. Answers its id. Throws ProviderError. */
  makePrice(price: PriceToMake): Promise<string>;
};
