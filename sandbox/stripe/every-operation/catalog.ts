import type { Table } from "./stage.ts";

/** What is sold, and at which price. */
export const ofTheCatalog: Table = {
  "POST /v1/products": (on) => on.product(),
  "GET /v1/products": ({ stripe }) => stripe.products.list({ active: true }),
  "GET /v1/products/:id": async (on) => on.stripe.products.retrieve((await on.product()).id),
  "POST /v1/products/:id": async (on) => on.stripe.products.update((await on.product()).id, { name: "Bok" }),
  "DELETE /v1/products/:id": async (on) => on.stripe.products.del((await on.product()).id),
  "POST /v1/prices": (on) => on.monthly(),
  "GET /v1/prices": ({ stripe }) => stripe.prices.list({ expand: ["data.product"] }),
  "GET /v1/prices/:id": async (on) => on.stripe.prices.retrieve((await on.monthly()).id, { expand: ["tiers"] }),
  "POST /v1/prices/:id": async (on) => on.stripe.prices.update((await on.monthly()).id, { active: false }),
  "POST /v1/promotion_codes": (on) => on.promotionCode(),
  "GET /v1/promotion_codes": ({ stripe }) => stripe.promotionCodes.list({ active: true }),
  "GET /v1/promotion_codes/:id": async (on) => on.stripe.promotionCodes.retrieve((await on.promotionCode()).id),
  "POST /v1/promotion_codes/:id": async (on) =>
    on.stripe.promotionCodes.update((await on.promotionCode()).id, { active: false }),
  "POST /v1/tax_rates": (on) => on.taxRate(),
  "GET /v1/tax_rates": ({ stripe }) => stripe.taxRates.list({ inclusive: false }),
  "GET /v1/tax_rates/:id": async (on) => on.stripe.taxRates.retrieve((await on.taxRate()).id),
  "POST /v1/tax_rates/:id": async (on) => on.stripe.taxRates.update((await on.taxRate()).id, { active: false }),
  "POST /v1/shipping_rates": (on) => on.shippingRate(),
  "GET /v1/shipping_rates": ({ stripe }) => stripe.shippingRates.list({ currency: "sek" }),
  "GET /v1/shipping_rates/:id": async (on) => on.stripe.shippingRates.retrieve((await on.shippingRate()).id),
  "POST /v1/shipping_rates/:id": async (on) =>
    on.stripe.shippingRates.update((await on.shippingRate()).id, { active: false }),
  "POST /v1/coupons": ({ stripe }) => stripe.coupons.create({ percent_off: 10, duration: "once" }),
  "GET /v1/coupons": ({ stripe }) => stripe.coupons.list(),
  "GET /v1/coupons/:id": async ({ stripe }) =>
    stripe.coupons.retrieve((await stripe.coupons.create({ percent_off: 10 })).id),
  "POST /v1/coupons/:id": async ({ stripe }) =>
    stripe.coupons.update((await stripe.coupons.create({ percent_off: 10 })).id, { name: "Vår" }),
  "DELETE /v1/coupons/:id": async ({ stripe }) =>
    stripe.coupons.del((await stripe.coupons.create({ percent_off: 10 })).id),
};
