import { and, eq } from "drizzle-orm";
import { prices, products, variants } from "../../drizzle/schema/catalog.ts";
import type { Price, Product, Variant } from "../catalog/index.ts";
import type { Tx } from "../kernel/db.ts";
import { invariant } from "../kernel/invariant.ts";
import type { Plan } from "./find-versions.ts";
import { type PlanContent, type PlanInterval, type PlanPrice, seatsSold, variantIdOf } from "./plan-content.ts";

/** What a version asks of the catalogue. */
export type VersionPrices = {
  /** The product, called as the version is. */
  readonly product: Product;
  /** The forms that it is paid in: those that are there, and those that have to be made. */
  readonly variants: readonly Variant[];
  /** The prices on sale that stay, with the trial that this version begins with. */
  readonly kept: readonly Price[];
  /** The prices that have to be made. A price is never changed. */
  readonly made: readonly Price[];
  /** The prices on sale that no longer are. */
  readonly gone: readonly Price[];
};

const BILLING = { month: { sv: "Månadsvis", en: "Monthly" }, year: { sv: "Årsvis", en: "Yearly" } } as const;

/** Reads what is on sale of a plan and says what a version of it changes. The ids of what is to be made follow from the version's. */
export async function versionPrices(
  tx: Tx,
  plan: Plan,
  version: { readonly id: string; readonly content: PlanContent },
): Promise<VersionPrices> {
  const { productId } = plan;
  const { id: versionId, content } = version;
  const [product] = await tx.select().from(products).where(eq(products.id, productId));
  invariant(product, `plan ${plan.code} is a product`);
  const known = await tx.select().from(variants).where(eq(variants.productId, productId));
  const onSale = await tx
    .select()
    .from(prices)
    .where(and(eq(prices.productId, productId), prices.active));
  const formOf = (interval: PlanInterval) =>
    known.find(({ id }) => id === variantIdOf(productId, interval)) ?? newForm(productId, interval, known.length);
  const named = { ...product, name: content.name, summary: content.summary, active: true };
  // What begins with a trial says so on the price, which is what is bought.
  const terms = { trialDays: content.trialDays, trialWithoutCard: content.trialWithoutCard };
  const kept: Price[] = [];
  const made: Price[] = [];
  for (const price of content.prices) {
    const present = onSale.find((one) => isOf(one, price, productId));
    const seats = seatsSold(price, content.holds);
    const same =
      present?.amount === price.amount &&
      present.includedSeats === seats.includedSeats &&
      present.seatAmount === seats.seatAmount;
    if (present && same && keyOf(present) === price.lookupKey) kept.push({ ...present, ...terms });
    else made.push({ ...priceOf(versionId, productId, price, product.createdAt), ...seats, ...terms });
  }
  return {
    product: named,
    variants: [...new Set(content.prices.map(({ interval }) => interval))].map(formOf),
    kept,
    made,
    gone: onSale.filter(({ id }) => !kept.some((price) => price.id === id)),
  };
}

function isOf(one: Price, price: PlanPrice, productId: string): boolean {
  return (
    one.variantId === variantIdOf(productId, price.interval) &&
    one.currency === price.currency &&
    one.interval === price.interval &&
    one.intervalCount === 1
  );
}

function keyOf({ lookupKey, productId, variantId, currency, interval }: Price): string {
  return lookupKey ?? `kraftverk:${productId}:${variantId}:${currency}:1-${interval}`.toLowerCase();
}

function newForm(productId: string, interval: PlanInterval, position: number): Variant {
  const id = variantIdOf(productId, interval);
  return {
    ...{ id, productId, sku: `KV-${id}`.toUpperCase(), options: { billing: BILLING[interval] } },
    ...{ trackStock: false, active: true, position },
  };
}

function priceOf(versionId: string, productId: string, price: PlanPrice, createdAt: Date): Price {
  const { currency, interval, amount, lookupKey } = price;
  return {
    id: `prc_${versionId}_${currency}_${interval}`.toLowerCase(),
    ...{ productId, variantId: variantIdOf(productId, interval), currency, amount, interval, intervalCount: 1 },
    ...{
      trialDays: 0,
      trialWithoutCard: null,
      setupFeeAmount: 0,
      includedSeats: null,
      seatAmount: null,
      active: true,
      stripePriceId: null,
      lookupKey,
      setupFeeStripePriceId: null,
    },
    createdAt,
  };
}
