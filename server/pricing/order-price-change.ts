import { and, eq } from "drizzle-orm";
import { prices } from "../../drizzle/schema/catalog.ts";
import type { ChangePriceInput } from "../catalog/index.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { enqueue } from "../kernel/job.ts";
import { pricingErrors } from "./errors.ts";
import { changeDefaultPriceJob } from "./jobs.ts";

/**
 * Staff order another default price: audited, and done by a job, since Stripe has to know the new price before anybody is
 * shown it. Keyed by the price that is replaced: pressed twice it is changed once, and of two different amounts the last
 * one holds. Throws `pricing.price.conflict` when the price has been replaced meanwhile.
 */
export async function orderPriceChange(ctx: Ctx, { priceId, amount, reason }: ChangePriceInput): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [price] = await tx
      .select()
      .from(prices)
      .where(and(eq(prices.id, priceId), prices.active));
    if (!price) throw pricingErrors.priceConflict({ priceId });
    if (price.amount === amount) return;
    const what = `${price.amount} → ${amount} ${price.currency}`;
    await recordAct(tx, { action: "pricing.change_price", subject: price.productId, reason: `${what}: ${reason}` });
    const key = `pricing.change-default-price:${priceId}`;
    await enqueue(tx, changeDefaultPriceJob, { priceId, amount }, { key });
  });
}
