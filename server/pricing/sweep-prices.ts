import { asc, eq, inArray, isNotNull, lt, lte, sql } from "drizzle-orm";
import { campaignPrices, campaigns } from "../../drizzle/schema/pricing.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import type { Sweep } from "../kernel/sweep.ts";
import { nextBoundary } from "./campaign-boundary.ts";
import { campaignProductIds, findCampaign, lockCampaign } from "./campaign-rows.ts";
import { sweepPricesJob } from "./jobs.ts";
import { livePrices, lookUp } from "./recheck-live-prices.ts";
import { writeHistory } from "./record-price-change.ts";

const BATCH = 200;
const LOOK_AGAIN_AFTER_MS = 3_600_000;

/**
 * Enters campaigns that have begun or ended into the price history, at the very instant they did, one transaction each.
 * Has every price of a live campaign looked up at Stripe again that was not for an hour (real time: it is a poll). Idempotent.
 */
export async function sweepPrices(ctx: Ctx): Promise<void> {
  const due = await ctx.db.transaction((tx) =>
    tx
      .select({ id: campaigns.id })
      .from(campaigns)
      .where(lte(campaigns.boundaryAt, tx.scope.now))
      .orderBy(asc(campaigns.boundaryAt))
      .limit(BATCH),
  );
  for (const { id } of due) await ctx.db.transaction((tx) => enterBoundary(tx, id));
  await ctx.db.transaction((tx) => askAgain(tx, ctx.technical.now()));
}

async function enterBoundary(tx: Tx, campaignId: string): Promise<void> {
  await lockCampaign(tx, campaignId);
  const campaign = await findCampaign(tx, campaignId);
  if (!campaign) return;
  await writeHistory(tx, await campaignProductIds(tx, campaignId));
  const boundaryAt = nextBoundary(campaign, tx.scope.now);
  await tx.update(campaigns).set({ boundaryAt }).where(eq(campaigns.id, campaignId));
}

async function askAgain(tx: Tx, technicalNow: Date): Promise<void> {
  const longAgo = new Date(technicalNow.getTime() - LOOK_AGAIN_AFTER_MS);
  // One that was never looked up has a job of its own, which may have given up.
  const lastAsked = sql`coalesce(${campaignPrices.checkedAt}, ${campaignPrices.announcedAt})`;
  const ids = await livePrices(tx, lt(lastAsked, longAgo.toISOString()));
  if (ids.length === 0) return;
  await tx.update(campaignPrices).set({ checkedAt: technicalNow }).where(inArray(campaignPrices.id, ids));
  await lookUp(tx, ids);
}

export const sweep: Sweep = {
  name: "pricing",
  job: sweepPricesJob,
  async nextDue(tx) {
    const [row] = await tx
      .select({ at: campaigns.boundaryAt })
      .from(campaigns)
      .where(isNotNull(campaigns.boundaryAt))
      .orderBy(asc(campaigns.boundaryAt))
      .limit(1);
    return row?.at ?? null;
  },
};
