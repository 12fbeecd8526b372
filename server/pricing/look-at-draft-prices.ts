import { stripePriceLooks } from "../../drizzle/schema/campaign-editing.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { findDraft, namedPrices } from "./draft-rows.ts";
import type { PriceSource } from "./price-source.ts";

/**
 * Asks Stripe about every price that a draft names, so that its editor is told what is wrong with it before anybody
 * pays it. Idempotent. Throws ProviderError when Stripe cannot say; what was found by then is kept.
 */
export async function lookAtDraftPrices(
  ctx: Ctx<{ prices: PriceSource }>,
  input: { readonly campaignId: string },
): Promise<void> {
  const draft = await ctx.db.transaction((tx) => findDraft(tx, input.campaignId));
  for (const stripePriceId of draft === null ? [] : namedPrices(draft.content)) {
    const price = await ctx.providers.prices.findPrice(stripePriceId);
    const seen = {
      found: price !== null,
      active: price?.active ?? false,
      currency: price?.currency ?? null,
      amount: price?.amount ?? null,
      interval: price?.interval ?? null,
      intervalCount: price?.intervalCount ?? null,
      checkedAt: ctx.technical.now(),
    };
    await ctx.db.transaction((tx) =>
      tx
        .insert(stripePriceLooks)
        .values({ stripePriceId, ...seen })
        .onConflictDoUpdate({ target: stripePriceLooks.stripePriceId, set: seen }),
    );
  }
}
