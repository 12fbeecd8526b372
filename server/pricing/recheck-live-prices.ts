import { and, eq, gte, inArray, isNull, or, type SQL } from "drizzle-orm";
import { campaignPrices, campaigns } from "../../drizzle/schema/pricing.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { enqueue } from "../kernel/job.ts";
import { checkPriceJob } from "./jobs.ts";

const BATCH = 200;

/**
 * Has the prices of every live campaign looked up at Stripe again: a product there has changed, and a price of an
 * archived product cannot be sold. Enqueues one job per price; one that waits already is not doubled.
 */
export async function recheckLivePrices(ctx: Ctx, also?: (tx: Tx, effect: string) => Promise<void>): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const ids = await livePrices(tx);
    await lookUp(tx, ids);
    await also?.(
      tx,
      `${ids.length === 1 ? "One campaign price is" : `${ids.length} campaign prices are`} looked up again.`,
    );
  });
}

/** Prices of campaigns that are on or to come, by `condition`; so many at a time that one transaction stays short. */
export async function livePrices(tx: Tx, condition?: SQL): Promise<string[]> {
  const rows = await tx
    .select({ id: campaignPrices.id })
    .from(campaignPrices)
    .innerJoin(campaigns, eq(campaigns.id, campaignPrices.campaignId))
    .where(
      and(
        inArray(campaigns.status, ["draft", "active"]),
        or(isNull(campaigns.endAt), gte(campaigns.endAt, tx.scope.now)),
        condition,
      ),
    )
    .limit(BATCH);
  return rows.map((row) => row.id);
}

/** One job per price that asks Stripe about it. */
export async function lookUp(tx: Tx, campaignPriceIds: readonly string[]): Promise<void> {
  for (const campaignPriceId of campaignPriceIds)
    await enqueue(tx, checkPriceJob, { campaignPriceId }, { key: `pricing.check-price:${campaignPriceId}` });
}
