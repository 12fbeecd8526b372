import { and, eq } from "drizzle-orm";
import { prices, type TrialWithoutCard } from "../../drizzle/schema/catalog.ts";
import { type CatalogMirror, feeProduct, mirrorFee, type Price, type Product, type Variant } from "../catalog/index.ts";
import type { Ctx } from "../kernel/ctx.ts";

type Terms = Pick<Price, "trialDays" | "trialWithoutCard" | "setupFeeAmount" | "setupFeeStripePriceId">;

/** What is not given stays. */
export type WantedTerms = {
  readonly trialDays?: number | undefined;
  readonly trialWithoutCard?: TrialWithoutCard | null | undefined;
  readonly setupFeeAmount?: number | undefined;
};

/**
 * Gives a price other terms, in place: the fee's price is made at the provider first, then the shop shows and charges it,
 * then the fee that it replaces is taken out of sale. What is not given stays. Idempotent. Answers the terms that hold
 * now. Throws ProviderError; the old terms hold then.
 */
export async function keepTerms(
  ctx: Ctx<{ catalogMirror: CatalogMirror }>,
  { old, product, variant }: { old: Price; product: Product; variant: Variant | null },
  wanted: WantedTerms,
): Promise<Terms> {
  const { catalogMirror } = ctx.providers;
  const trialDays = wanted.trialDays ?? old.trialDays;
  const setupFeeAmount = wanted.setupFeeAmount ?? old.setupFeeAmount;
  const { setupFeeStripePriceId: before } = old;
  const { trialWithoutCard = old.trialWithoutCard } = wanted;
  const same = trialDays === old.trialDays && trialWithoutCard === old.trialWithoutCard;
  if (old.interval === null || (same && setupFeeAmount === old.setupFeeAmount))
    return {
      ...{ trialDays: old.trialDays, trialWithoutCard: old.trialWithoutCard },
      ...{ setupFeeAmount: old.setupFeeAmount, setupFeeStripePriceId: before },
    };
  const fee = mirrorFee({ ...old, setupFeeAmount }, product, variant);
  let setupFeeStripePriceId: string | null = null;
  if (fee) {
    await catalogMirror.putProducts([feeProduct(product)]);
    const { ids } = await catalogMirror.putPrices([fee]);
    setupFeeStripePriceId = ids.get(fee.id) ?? null;
  }
  const terms = { trialDays, trialWithoutCard, setupFeeAmount, setupFeeStripePriceId };
  await ctx.db.transaction((tx) =>
    tx
      .update(prices)
      .set(terms)
      .where(and(eq(prices.id, old.id), prices.active)),
  );
  if (before !== null && before !== setupFeeStripePriceId) await catalogMirror.archivePrices([before]);
  return terms;
}
