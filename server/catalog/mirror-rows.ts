import type { MirrorPrice, MirrorProduct } from "./mirror.ts";
import type { Price, Product, Variant } from "./queries.ts";

/**
 * A product in the provider's terms. The provider knows one language: the shop's first, Swedish; but programs buy credits,
 * and what they are called there (`Credits`, `100 Credits`) is part of what those programs know.
 */
export function mirrorProduct(product: Product): MirrorProduct {
  const locale = product.kind === "credit_pack" ? "en" : "sv";
  return {
    id: product.id,
    name: product.name[locale],
    description: product.summary[locale],
    active: product.active,
    shippable: product.kind === "merchandise",
  };
}

/** A default price in the provider's terms. */
export function mirrorPrice(price: Price, product: Product, variant: Variant | null): MirrorPrice {
  const options = Object.values(variant?.options ?? {}).map((option) => option.sv);
  const every = price.interval === null ? "once" : `${price.intervalCount}-${price.interval}`;
  return {
    id: price.id,
    slot: ["kraftverk", price.productId, price.variantId ?? "any", price.currency, every].join(":").toLowerCase(),
    productId: price.productId,
    name: [product.name.sv, ...options].join(", "),
    currency: price.currency,
    amount: price.amount,
    interval: price.interval,
    intervalCount: price.intervalCount,
  };
}
