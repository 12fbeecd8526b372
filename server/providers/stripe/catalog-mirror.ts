import { createHash, randomUUID } from "node:crypto";
import type Stripe from "stripe";
import type { CatalogMirror, MirrorPrice, MirrorProduct } from "../../catalog/mirror.ts";
import { ProviderError } from "../../kernel/errors.ts";
import {
  catalogSteps,
  priceDifferences,
  pricesBySlot,
  productDifferences,
  productsById,
} from "./catalog-differences.ts";
import { callStripe, findStripe } from "./client.ts";

/** The catalogue at Stripe: our product ids as Stripe's own, each price under the look-up key of its slot. */
export function stripeCatalogMirror(stripe: Stripe): CatalogMirror {
  return {
    compare: (catalog) => catalogSteps(stripe, catalog),

    async putProducts(products) {
      const found = await productsById(stripe, products);
      for (const product of products) {
        const current = found.get(product.id);
        if (!current) await createProduct(stripe, product);
        else if (productDifferences(current, product).length > 0)
          await callStripe("write", () => stripe.products.update(product.id, productFields(product)));
      }
      return new Map(products.map(({ id }) => [id, id]));
    },

    async putPrices(prices) {
      const found = await pricesBySlot(stripe, prices);
      const ids = new Map<string, string>();
      const replaced: string[] = [];
      for (const price of prices) {
        const current = found.get(price.slot);
        if (current && priceDifferences(current, price).length === 0) {
          ids.set(price.id, current.id);
          continue;
        }
        ids.set(price.id, await createPrice(stripe, price));
        if (current) replaced.push(current.id);
      }
      return { ids, replaced };
    },

    async archivePrices(providerPriceIds) {
      for (const id of providerPriceIds) {
        const price = await findStripe(() => stripe.prices.retrieve(id));
        if (price?.active) await callStripe("write", () => stripe.prices.update(id, { active: false }));
      }
    },
  };
}

function productFields(product: MirrorProduct) {
  return {
    name: product.name,
    description: product.description,
    active: product.active,
    shippable: product.shippable,
    metadata: { kraftverk_product: product.id },
  };
}

async function createProduct(stripe: Stripe, product: MirrorProduct): Promise<void> {
  try {
    await callStripe("write", () => stripe.products.create({ id: product.id, ...productFields(product) }));
  } catch (error) {
    // Another process has just made it.
    if (!(error instanceof ProviderError && error.code === "resource_already_exists")) throw error;
  }
}

/** So much for each, or so much for a number of seats together and so much for each beyond them. */
function asked({ amount, seats }: MirrorPrice): Partial<Stripe.PriceCreateParams> {
  if (!seats) return { unit_amount: amount };
  return {
    billing_scheme: "tiered",
    tiers_mode: "graduated",
    tiers: [
      { up_to: seats.included, flat_amount: amount },
      { up_to: "inf", unit_amount: seats.each },
    ],
  };
}

async function createPrice(stripe: Stripe, price: MirrorPrice): Promise<string> {
  const params: Stripe.PriceCreateParams = {
    product: price.productId,
    currency: price.currency.toLowerCase(),
    ...asked(price),
    nickname: price.name,
    tax_behavior: "inclusive",
    lookup_key: price.slot,
    transfer_lookup_key: true,
    metadata: { kraftverk_price: price.id },
    ...(price.interval === null
      ? {}
      : { recurring: { interval: price.interval, interval_count: price.intervalCount ?? 1 } }),
  };
  const create = (idempotencyKey: string) =>
    callStripe("write", () => stripe.prices.create(params, { idempotencyKey }));
  // Two processes that mirror at once get one price; with anything else in it (a draft that was refused and corrected) it is another.
  const key = `catalog:${price.id}:${createHash("sha256").update(JSON.stringify(params)).digest("hex").slice(0, 24)}`;
  const made = await create(key).catch((error: unknown) => {
    // The provider answers a key for a day as it did first: what it refused then may be mended there since.
    if (!(error instanceof ProviderError) || error.reason !== "rejected") throw error;
    return create(`${key}:${randomUUID()}`);
  });
  // Has it been archived since, the stored answer is of no use.
  const current = await callStripe("read", () => stripe.prices.retrieve(made.id));
  return current.active ? made.id : (await create(`${key}:${randomUUID()}`)).id;
}
