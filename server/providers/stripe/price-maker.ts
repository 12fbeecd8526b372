import type Stripe from "stripe";
import type { PriceMaker, PriceToMake } from "../../pricing/price-maker.ts";
import { callStripe } from "./client.ts";

/** Makes campaign prices at Stripe: each once, under its key as idempotency key (a day) and look-up key (for ever). */
export function stripePriceMaker(stripe: Stripe): PriceMaker {
  return {
    async makePrice(price) {
      const found = await callStripe("read", () => stripe.prices.list({ lookup_keys: [price.key], limit: 1 }));
      const [made] = found.data;
      if (made) return made.id;
      const options = { idempotencyKey: `campaign-price:${price.key}` };
      return (await callStripe("write", () => stripe.prices.create(fields(price), options))).id;
    },
  };
}

function fields(price: PriceToMake): Stripe.PriceCreateParams {
  return {
    product: price.productId,
    currency: price.currency.toLowerCase(),
    unit_amount: price.amount,
    nickname: price.name,
    tax_behavior: "inclusive",
    lookup_key: price.key,
    metadata: { kraftverk_campaign_price: price.key },
    ...(price.interval === null
      ? {}
      : { recurring: { interval: price.interval, interval_count: price.intervalCount ?? 1 } }),
  };
}
