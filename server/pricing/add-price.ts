import { and, eq } from "drizzle-orm";
import { prices, products, variants } from "../../drizzle/schema/catalog.ts";
import {
  type AddPriceInput,
  addPriceJob,
  type CatalogMirror,
  catalogErrors,
  feeProduct,
  mirrorFee,
  mirrorOfProduct,
  mirrorPrice,
} from "../catalog/index.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { enqueue } from "../kernel/job.ts";
import { slotKey } from "./price-slot.ts";
import { recordPriceChange } from "./record-price-change.ts";

/**
 * Staff order a price in a currency or interval that a product has none in: audited, and made by a job, since Stripe has
 * to know it before anybody is shown it. Keyed by what it is the price of: pressed twice it is made once. Throws
 * `catalog.product_not_found`, `catalog.sold_as_plan`, `catalog.price_exists`, `catalog.wrong_price`.
 */
export async function orderPrice(ctx: Ctx, input: AddPriceInput): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { existing } = await placeOf(tx, input);
    if (existing?.amount === input.amount) return;
    if (existing) throw catalogErrors.priceExists();
    const what = [input.amount, input.currency, input.interval ?? "once", input.variantId ?? "every variant"].join(" ");
    await recordAct(tx, { action: "pricing.add_price", subject: input.productId, reason: what });
    await enqueue(tx, addPriceJob, input, { key: `${addPriceJob.name}:${slotKey(input)}` });
  });
}

/**
 * Makes a price that staff ordered: at Stripe first, with its product and its setup fee, then in the shop and in the price
 * history. Idempotent: nothing happens when there is a price in its place by now. Service role only. Throws
 * `catalog.wrong_price`, and ProviderError (nothing is shown then; try again).
 */
export async function addPrice(ctx: Ctx<{ catalogMirror: CatalogMirror }>, input: AddPriceInput): Promise<void> {
  const { catalogMirror } = ctx.providers;
  const { existing, product, variant } = await ctx.db.transaction((tx) => placeOf(tx, input), { readOnly: true });
  if (existing) return;
  const price = {
    ...input,
    ...{
      id: newId("prc"),
      active: true,
      stripePriceId: null,
      lookupKey: null,
      setupFeeStripePriceId: null,
      includedSeats: null,
      seatAmount: null,
      createdAt: ctx.now(),
    },
  };
  const fee = mirrorFee(price, product, variant);
  await catalogMirror.putProducts([mirrorOfProduct(product), ...(fee ? [feeProduct(product)] : [])]);
  const { ids } = await catalogMirror.putPrices([mirrorPrice(price, product, variant), ...(fee ? [fee] : [])]);
  await ctx.db.transaction((tx) =>
    recordPriceChange(tx, [product.id], async () => {
      const stripePriceId = ids.get(price.id) ?? null;
      const setupFeeStripePriceId = fee ? (ids.get(fee.id) ?? null) : null;
      await tx
        .insert(prices)
        .values({ ...price, stripePriceId, setupFeeStripePriceId })
        .onConflictDoNothing();
    }),
  );
}

/** What it is to be the price of, and the price that is there already. */
async function placeOf(tx: Tx, input: AddPriceInput) {
  const { productId, variantId, interval, trialDays, setupFeeAmount, trialWithoutCard } = input;
  const [product] = await tx.select().from(products).where(eq(products.id, productId));
  if (!product) throw catalogErrors.productNotFound({ productId });
  if (product.kind === "plan") throw catalogErrors.soldAsPlan({ productId });
  const forms = await tx.select().from(variants).where(eq(variants.productId, productId));
  const variant = forms.find((one) => one.id === variantId) ?? null;
  const renews = interval !== null;
  const others = await tx
    .select()
    .from(prices)
    .where(and(eq(prices.productId, productId), prices.active));
  const ofVariant = others.filter((one) => one.variantId === variantId);
  const otherInterval = ofVariant.some((one) => one.interval !== interval || one.intervalCount !== input.intervalCount);
  if (
    renews !== (product.kind === "membership") ||
    renews !== (input.intervalCount !== null) ||
    (variantId !== null && !variant) ||
    (renews && !variant) ||
    (!renews && (trialDays > 0 || setupFeeAmount > 0)) ||
    (trialWithoutCard !== null && (trialDays === 0 || setupFeeAmount > 0)) ||
    otherInterval
  )
    throw catalogErrors.wrongPrice();
  return { product, variant, existing: others.find((one) => slotKey(one) === slotKey(input)) ?? null };
}
