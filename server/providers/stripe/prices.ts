import type Stripe from "stripe";
import type { PriceSource, SourcePrice } from "../../pricing/price-source.ts";
import { findStripe } from "./client.ts";

/** Reads prices from Stripe. */
export function stripePriceSource(stripe: Stripe): PriceSource {
  return {
    async findPrice(stripePriceId) {
      const price = await findStripe(() => stripe.prices.retrieve(stripePriceId, { expand: ["product"] }));
      return price && sourcePrice(price);
    },
  };
}

/** What counts of a Stripe price. One whose product is archived cannot be sold either. */
export function sourcePrice(price: Stripe.Price): SourcePrice {
  const { product, recurring } = price;
  const interval = knownInterval(recurring?.interval);
  const productOnSale = typeof product === "string" || ("active" in product && product.active);
  const plain =
    price.billing_scheme === "per_unit" && (recurring === null || (recurring.usage_type === "licensed" && interval));
  return {
    id: price.id,
    active: price.active && productOnSale,
    currency: price.currency.toUpperCase(),
    amount: plain ? price.unit_amount : null,
    interval,
    intervalCount: recurring?.interval_count ?? null,
  };
}

function knownInterval(interval: string | undefined): SourcePrice["interval"] {
  return interval === "day" || interval === "week" || interval === "month" || interval === "year" ? interval : null;
}
