import type Stripe from "stripe";
import type { MirrorPrice, MirrorProduct, MirrorStep } from "../../catalog/mirror.ts";
import { callStripe, findStripe } from "./client.ts";
import { seatPriceOf } from "./seat-prices.ts";

/** Stripe takes at most ten look-up keys at a time, and lists at most a hundred objects. */
const KEYS_PER_LOOK = 10;
const PRODUCTS_PER_LOOK = 100;

/** What Stripe holds of these products, by our id. */
export async function productsById(
  stripe: Stripe,
  products: readonly MirrorProduct[],
): Promise<Map<string, Stripe.Product>> {
  const pages = await Promise.all(
    inGroups(
      products.map(({ id }) => id),
      PRODUCTS_PER_LOOK,
    ).map((ids) => callStripe("read", () => stripe.products.list({ ids, limit: PRODUCTS_PER_LOOK }))),
  );
  return new Map(pages.flatMap((page) => page.data.map((product) => [product.id, product] as const)));
}

function inGroups<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** The price that is on sale in each slot. */
export async function pricesBySlot(stripe: Stripe, prices: readonly MirrorPrice[]): Promise<Map<string, Stripe.Price>> {
  const slots = [...new Set(prices.map((price) => price.slot))];
  const pages = await Promise.all(
    inGroups(slots, KEYS_PER_LOOK).map((keys) =>
      callStripe("read", () =>
        stripe.prices.list({ lookup_keys: keys, active: true, limit: KEYS_PER_LOOK, expand: ["data.tiers"] }),
      ),
    ),
  );
  return new Map(pages.flatMap((page) => page.data.map((price) => [price.lookup_key ?? "", price] as const)));
}

/** What Stripe charges differently; empty when nothing. A price never changes: one that differs gets a new one. */
export function priceDifferences(found: Stripe.Price, wanted: MirrorPrice): string[] {
  const every = (interval: string | null, count: number | null) => (interval ? `every ${count} ${interval}` : "once");
  const seats = seatPriceOf(found);
  const beyond = (of: { included: number; each: number } | null) =>
    of ? `${of.each} each beyond ${of.included}` : "not sold";
  return changes([
    ["on sale", found.active, true],
    ["amount", seats?.amount ?? found.unit_amount, wanted.amount],
    ["seats", beyond(seats), beyond(wanted.seats)],
    ["currency", found.currency, wanted.currency.toLowerCase()],
    ["product", found.product, wanted.productId],
    [
      "charged",
      every(found.recurring?.interval ?? null, found.recurring?.interval_count ?? null),
      every(wanted.interval, wanted.intervalCount),
    ],
  ]);
}

/** What Stripe says differently of a product; empty when nothing. */
export function productDifferences(found: Stripe.Product, wanted: MirrorProduct): string[] {
  return changes([
    ["name", found.name, wanted.name],
    ["description", found.description, wanted.description],
    ["active", found.active, wanted.active],
    ["shippable", found.shippable, wanted.shippable],
  ]);
}

/** Every step that would make Stripe's copy what is wanted. */
export async function catalogSteps(
  stripe: Stripe,
  wanted: { products: readonly MirrorProduct[]; prices: readonly MirrorPrice[]; retired: readonly string[] },
): Promise<MirrorStep[]> {
  const [products, prices] = [await productsById(stripe, wanted.products), await pricesBySlot(stripe, wanted.prices)];
  const steps: MirrorStep[] = [];
  for (const product of wanted.products) {
    const { id, name, active } = product;
    const found = products.get(id);
    const differs = found ? productDifferences(found, product) : [];
    if (!found) steps.push({ act: "create", what: "product", id, detail: name });
    else if (differs.length > 0) {
      const act = found.active && !active ? "archive" : "update";
      steps.push({ act, what: "product", id, detail: differs.join("; ") });
    }
  }
  const archived = new Set(wanted.retired);
  for (const price of wanted.prices) {
    const found = prices.get(price.slot);
    const differs = found ? priceDifferences(found, price) : [];
    if (found && differs.length === 0) continue;
    const detail = [`${price.amount} ${price.currency}, ${price.name}`, ...differs].join("; ");
    steps.push({ act: "create", what: "price", id: price.id, detail });
    if (found) archived.add(found.id);
  }
  for (const id of archived) {
    const found = await findStripe(() => stripe.prices.retrieve(id));
    if (found?.active) steps.push({ act: "archive", what: "price", id, detail: found.nickname ?? "" });
  }
  return steps;
}

function changes(facts: readonly (readonly [name: string, is: unknown, wanted: unknown])[]): string[] {
  return facts.flatMap(([name, is, wanted]) => (is === wanted ? [] : [`${name}: ${is} → ${wanted}`]));
}
