import { and, asc, eq, inArray, isNotNull, isNull, lt, lte, or, sql } from "drizzle-orm";
import { campaignPrices, campaigns } from "../../drizzle/schema/pricing.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { enqueue } from "../kernel/job.ts";
import type { Sweep } from "../kernel/sweep.ts";
import { nextBoundary } from "./campaign-boundary.ts";
import { campaignProductIds, findCampaign, lockCampaign } from "./campaign-rows.ts";
import { checkPriceJob, sweepPricesJob } from "./jobs.ts";
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
  const { now } = tx.scope;
  const longAgo = new Date(technicalNow.getTime() - LOOK_AGAIN_AFTER_MS);
  const rows = await tx
    .select({ id: campaignPrices.id })
    .from(campaignPrices)
    .innerJoin(campaigns, eq(campaigns.id, campaignPrices.campaignId))
    .where(
      and(
        inArray(campaigns.status, ["draft", "active"]),
        or(isNull(campaigns.endAt), sql`${campaigns.endAt} >= ${now.toISOString()}`),
        // One that was never looked up has a job of its own, which may have given up.
        lt(sql`coalesce(${campaignPrices.checkedAt}, ${campaignPrices.announcedAt})`, longAgo.toISOString()),
      ),
    )
    .limit(BATCH);
  if (rows.length === 0) return;
  const ids = rows.map((row) => row.id);
  await tx.update(campaignPrices).set({ checkedAt: technicalNow }).where(inArray(campaignPrices.id, ids));
  for (const id of ids) await enqueue(tx, checkPriceJob, { campaignPriceId: id }, { key: `pricing.check-price:${id}` });
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
