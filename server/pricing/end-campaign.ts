import { eq } from "drizzle-orm";
import { campaignVersions } from "../../drizzle/schema/campaign-editing.ts";
import { campaigns } from "../../drizzle/schema/pricing.ts";
import { actorName } from "../kernel/actor.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { emit } from "../kernel/event.ts";
import { enqueue } from "../kernel/job.ts";
import { converge } from "../kernel/machine.ts";
import { EMPTY_CONTENT } from "./campaign-content.ts";
import { type CampaignRow, campaignProductIds, findCampaign, lockCampaign } from "./campaign-rows.ts";
import { campaignMachine } from "./campaign-status.ts";
import { listVersions } from "./draft-rows.ts";
import { pricingErrors } from "./errors.ts";
import { reviewCampaignJob } from "./jobs.ts";
import { recordPriceChange } from "./record-price-change.ts";

type Act = { readonly id: string; readonly reason: string };

/**
 * Ends a campaign now: from the next look on everybody pays the default price, or another campaign's. One of ours ends
 * as a version of its own and can be published again. A partner's is stopped: the partner still owns what it says, and
 * nothing of it holds until staff let it go on. Idempotent; holds the campaign's lock; keeps the price history; the act
 * is recorded with its reason. Throws `pricing.campaign_not_found`, `pricing.campaign_not_live` for a draft.
 */
export async function endCampaign(ctx: Ctx, input: Act): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await lockCampaign(tx, input.id);
    const campaign = await existing(tx, input.id);
    if (campaign.status === "draft") throw pricingErrors.campaignNotLive({ id: input.id });
    if (campaign.status === "ended" || campaign.stoppedAt !== null) return;
    await recordPriceChange(tx, await campaignProductIds(tx, input.id), () =>
      campaign.source === "staff" ? endOwn(tx, campaign, input.reason) : stop(tx, input.id, tx.scope.now),
    );
    await recordAct(tx, { action: "campaigns.end", subject: input.id, reason: input.reason });
    await review(tx, input.id);
  });
}

/**
 * Lets a partner's campaign that staff have stopped go on, as the partner has it now. Idempotent; the act is recorded
 * with its reason. Throws `pricing.campaign_not_found`.
 */
export async function resumeCampaign(ctx: Ctx, input: Act): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await lockCampaign(tx, input.id);
    const campaign = await existing(tx, input.id);
    if (campaign.stoppedAt === null) return;
    await recordPriceChange(tx, await campaignProductIds(tx, input.id), () => stop(tx, input.id, null));
    await recordAct(tx, { action: "campaigns.resume", subject: input.id, reason: input.reason });
    await review(tx, input.id);
  });
}

async function existing(tx: Tx, id: string): Promise<CampaignRow> {
  const campaign = await findCampaign(tx, id);
  if (!campaign || campaign.status === "deleted") throw pricingErrors.campaignNotFound({ id });
  return campaign;
}

async function endOwn(tx: Tx, campaign: CampaignRow, reason: string): Promise<void> {
  const { now } = tx.scope;
  const [latest] = await listVersions(tx, campaign.id);
  const version = (campaign.version ?? 0) + 1;
  await tx.insert(campaignVersions).values({
    campaignId: campaign.id,
    version,
    kind: "ended",
    content: latest?.content ?? EMPTY_CONTENT,
    reason,
    actor: actorName(tx.scope.actor),
    at: now,
  });
  await tx.update(campaigns).set({ version, boundaryAt: null, updatedAt: now }).where(eq(campaigns.id, campaign.id));
  await converge(tx, campaignMachine, { id: campaign.id, to: "ended", reason });
  await emit(tx, { name: "campaign.changed", id: campaign.id });
}

async function stop(tx: Tx, id: string, stoppedAt: Date | null): Promise<void> {
  await tx.update(campaigns).set({ stoppedAt }).where(eq(campaigns.id, id));
}

async function review(tx: Tx, campaignId: string): Promise<void> {
  await enqueue(tx, reviewCampaignJob, { campaignId }, { key: `pricing.review-campaign:${campaignId}` });
}
