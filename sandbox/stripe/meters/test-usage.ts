import type Stripe from "stripe";
import type { BillingStory } from "../billing/test-story.ts";

/** A price for what a meter counts. */
export async function meteredPrice(
  story: BillingStory,
  formula: "count" | "last" | "sum" = "sum",
  given: Partial<Stripe.PriceCreateParams> = {},
) {
  const { stripe } = story;
  const meter = await stripe.billing.meters.create({
    display_name: "Anrop",
    event_name: "anrop",
    default_aggregation: { formula },
  });
  const price = await stripe.prices.create({
    currency: "sek",
    product_data: { name: "Anrop" },
    recurring: { interval: "month", usage_type: "metered", meter: meter.id },
    ...("tiers" in given ? {} : { unit_amount_decimal: "12.5" as unknown as Stripe.Decimal }),
    ...given,
  });
  return { meter, price };
}

/** Something was used. */
export const use = (story: BillingStory, customer: string, value: number, identifier?: string) =>
  story.stripe.billing.meterEvents.create({
    event_name: "anrop",
    payload: { stripe_customer_id: customer, value: String(value) },
    ...(identifier === undefined ? {} : { identifier }),
  });
