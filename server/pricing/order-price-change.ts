import { and, eq, getTableColumns } from "drizzle-orm";
import { prices, products } from "../../drizzle/schema/catalog.ts";
import { type ChangePriceInput, catalogErrors } from "../catalog/index.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { enqueue } from "../kernel/job.ts";
import { pricingErrors } from "./errors.ts";
import { changeDefaultPriceJob } from "./jobs.ts";

/**
 * Staff order another default price or other terms (trial days, setup fee): audited, and done by a job, since Stripe has to know the new price before anybody is
 * shown it. Keyed by the price that is replaced: pressed twice it is changed once, and of two different amounts the last
 * one holds. Throws `pricing.price.conflict` when the price has been replaced meanwhile, `catalog.sold_as_plan` for a plan (its versions say what it costs), `pricing.no_terms` for trial days
 * or a fee on something that is paid once, `pricing.trial_needs_card` for a trial without a card that there are no days of or that a fee is paid with.
 */
export async function orderPriceChange(ctx: Ctx, input: ChangePriceInput): Promise<void> {
  const { priceId, amount, reason, trialDays, trialWithoutCard, setupFeeAmount } = input;
  await ctx.db.transaction(async (tx) => {
    const [price] = await tx
      .select({ ...getTableColumns(prices), kind: products.kind })
      .from(prices)
      .innerJoin(products, eq(products.id, prices.productId))
      .where(and(eq(prices.id, priceId), prices.active));
    if (!price) throw pricingErrors.priceConflict({ priceId });
    if (price.kind === "plan") throw catalogErrors.soldAsPlan({ productId: price.productId });
    if (price.interval === null && ((trialDays ?? 0) > 0 || (setupFeeAmount ?? 0) > 0)) throw pricingErrors.noTerms();
    const fee = setupFeeAmount ?? price.setupFeeAmount;
    const without = trialWithoutCard === undefined ? price.trialWithoutCard : trialWithoutCard;
    if (without !== null && ((trialDays ?? price.trialDays) === 0 || fee > 0)) throw pricingErrors.trialNeedsCard();
    const changes = [
      changed(price.amount, amount, price.currency),
      changed(price.trialDays, trialDays, "days of trial"),
      without === price.trialWithoutCard
        ? null
        : `without a card at its end: ${price.trialWithoutCard ?? "one is needed"} → ${without ?? "one is needed"}`,
      changed(price.setupFeeAmount, setupFeeAmount, `${price.currency} setup fee`),
    ].filter((change) => change !== null);
    if (changes.length === 0) return;
    const what = changes.join(", ");
    await recordAct(tx, { action: "pricing.change_price", subject: price.productId, reason: `${what}: ${reason}` });
    const key = `pricing.change-default-price:${priceId}`;
    await enqueue(tx, changeDefaultPriceJob, { priceId, amount, trialDays, trialWithoutCard, setupFeeAmount }, { key });
  });
}

function changed(before: number, wanted: number | undefined, unit: string): string | null {
  return wanted === undefined || wanted === before ? null : `${before} → ${wanted} ${unit}`;
}
