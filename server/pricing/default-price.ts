import type { Price } from "../catalog/index.ts";
import { minorUnits } from "../kernel/money.ts";
import type { DefaultPrice } from "./price-decision.ts";

/** A stored default price as the rule sees it. */
export function asDefaultPrice(price: Price): DefaultPrice {
  return {
    id: price.id,
    currency: price.currency,
    amount: minorUnits(price.amount),
    interval: price.interval,
    intervalCount: price.intervalCount,
    stripePriceId: price.stripePriceId,
  };
}
