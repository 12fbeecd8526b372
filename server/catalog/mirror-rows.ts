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

/** What the setup fees of a product are called at the provider. Our own product ids never have an underscore. */
export function feeProduct(product: Product): MirrorProduct {
  return {
    id: `${product.id}_setup_fee`,
    name: `Startavgift, ${product.name.sv}`,
    description: `Betalas en gång, när ${product.name.sv} börjar.`,
    active: product.active,
    shippable: false,
  };
}

/** The setup fee of a recurring price in the provider's terms; null when there is none. */
export function mirrorFee(price: Price, product: Product, variant: Variant | null): MirrorPrice | null {
  if (price.setupFeeAmount === 0) return null;
  const { slot, name, currency } = mirrorPrice(price, product, variant);
  return {
    ...{ id: feeId(price), slot: `${slot}:setup-fee`, productId: feeProduct(product).id, currency },
    ...{ name: `Startavgift, ${name}`, amount: price.setupFeeAmount, interval: null, intervalCount: null },
    seats: null,
  };
}

/** Under which id the provider's price of a fee is asked for: another fee is another price. */
export function feeId(price: Price): string {
  return `${price.id}:setup-fee:${price.setupFeeAmount}`;
}

/** How many seats a price is for and what each beyond them costs; null: it is for each that is bought. */
export function seatsOf({
  includedSeats,
  seatAmount,
}: Pick<Price, "includedSeats" | "seatAmount">): MirrorPrice["seats"] {
  return includedSeats === null || seatAmount === null ? null : { included: includedSeats, each: seatAmount };
}

/** A default price in the provider's terms. */
export function mirrorPrice(price: Price, product: Product, variant: Variant | null): MirrorPrice {
  const options = Object.values(variant?.options ?? {}).map((option) => option.sv);
  const every = price.interval === null ? "once" : `${price.intervalCount}-${price.interval}`;
  return {
    id: price.id,
    slot:
      price.lookupKey ??
      ["kraftverk", price.productId, price.variantId ?? "any", price.currency, every].join(":").toLowerCase(),
    productId: price.productId,
    name: [product.name.sv, ...options].join(", "),
    currency: price.currency,
    amount: price.amount,
    interval: price.interval,
    intervalCount: price.intervalCount,
    seats: seatsOf(price),
  };
}
