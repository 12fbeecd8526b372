import { and, eq, isNull } from "drizzle-orm";
import {
  campaignDrafts,
  campaignPriceOrders,
  campaignVersions,
  type StoredContent,
} from "../../drizzle/schema/campaign-editing.ts";
import { actorName } from "../kernel/actor.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { emit } from "../kernel/event.ts";
import { newId } from "../kernel/id.ts";
import { enqueue } from "../kernel/job.ts";
import { addCampaignPrice } from "./add-campaign-price.ts";
import { addOrUpdateCampaign } from "./add-or-update-campaign.ts";
import { productsOf } from "./campaign-content.ts";
import { type CampaignRow, findCampaign, lockCampaign } from "./campaign-rows.ts";
import { draftProblems } from "./draft-problems.ts";
import { findDraft, ownCampaign, readDraftFacts, versionOfRevision } from "./draft-rows.ts";
import { pricingErrors } from "./errors.ts";
import { makeCampaignPriceJob } from "./jobs.ts";
import { addMadePrice } from "./make-campaign-price.ts";

export type PublishCampaign = { readonly id: string; readonly revision: number; readonly reason: string };

/**
 * Makes a draft what visitors pay, from its start to its end: a new version of the campaign, applied in one transaction
 * with the price history. Prices given as an amount are made at Stripe by a job each; the default price is shown and
 * charged until then. Idempotent by the draft's revision: the same press twice answers the same version. Holds the
 * campaign's lock; the act is recorded with its reason; emits `campaign.changed`.
 *
 * Throws `pricing.draft.conflict` when somebody else has saved or published since, `pricing.draft_wrong` with the codes
 * of what is wrong, `pricing.campaign_of_partner`.
 */
export async function publishCampaign(ctx: Ctx, input: PublishCampaign): Promise<{ version: number }> {
  return ctx.db.transaction(async (tx) => {
    await lockCampaign(tx, input.id);
    const campaign = await ownCampaign(tx, input.id);
    const published = await versionOfRevision(tx, input.id, input.revision);
    if (published !== null) return { version: published };
    const draft = await findDraft(tx, input.id);
    if (draft?.revision !== input.revision) throw pricingErrors.draftConflict({ revision: draft?.revision ?? 0 });
    const { content } = draft;
    const problems = draftProblems(content, await readDraftFacts(tx, input.id, content));
    const errors = problems.filter((problem) => problem.severity === "error");
    if (errors.length > 0) throw pricingErrors.draftWrong({ problems: errors.map((problem) => problem.code) });
    const version = (campaign.version ?? 0) + 1;
    const { revision, reason } = input;
    const made = { campaignId: input.id, version, kind: "published", content, revision, reason } as const;
    await tx.insert(campaignVersions).values({ ...made, actor: actorName(tx.scope.actor), at: tx.scope.now });
    await apply(tx, input.id, content, version);
    await tx.delete(campaignDrafts).where(eq(campaignDrafts.campaignId, input.id));
    await recordAct(tx, { action: "campaigns.publish", subject: input.id, reason });
    await emit(tx, { name: "campaign.changed", id: input.id });
    return { version };
  });
}

async function apply(tx: Tx, id: string, content: StoredContent, version: number): Promise<void> {
  const shared = content.prices.flatMap(({ productId, stripePriceId, currency, interval }) =>
    productId === null && stripePriceId !== null ? [{ stripePriceId, currency, interval }] : [],
  );
  await addOrUpdateCampaign(
    tx,
    {
      id,
      name: content.name,
      status: "active",
      startDate: content.startAt === null ? null : new Date(content.startAt),
      endDate: content.endAt === null ? null : new Date(content.endAt),
      durationMonths: content.durationMonths,
      products: [...content.productIds],
      prices: shared,
    },
    { source: "staff", version },
  );
  const campaign = await findCampaign(tx, id);
  if (!campaign) return;
  for (const { productId, stripePriceId } of content.prices) {
    if (productId === null || stripePriceId === null) continue;
    const update = { campaignId: id, campaignName: content.name, originalProductId: productId, stripePriceId };
    await addCampaignPrice(tx, update, { version });
  }
  await orderPrices(tx, campaign, content);
}

/** A price that was made for this campaign before is used again; every other one is ordered. */
async function orderPrices(tx: Tx, campaign: CampaignRow, content: StoredContent): Promise<void> {
  for (const price of content.prices) {
    const { amount, currency, interval, intervalCount } = price;
    if (amount === null || price.stripePriceId !== null) continue;
    for (const productId of productsOf(price, content)) {
      const wanted = { campaignId: campaign.id, productId, currency, interval, intervalCount, amount };
      await tx
        .insert(campaignPriceOrders)
        .values({ id: newId("cpo"), ...wanted, createdAt: tx.scope.now })
        .onConflictDoNothing();
      const [order] = await tx
        .select()
        .from(campaignPriceOrders)
        .where(
          and(
            eq(campaignPriceOrders.campaignId, campaign.id),
            eq(campaignPriceOrders.productId, productId),
            eq(campaignPriceOrders.currency, currency),
            eq(campaignPriceOrders.amount, amount),
            interval === null ? isNull(campaignPriceOrders.interval) : eq(campaignPriceOrders.interval, interval),
            intervalCount === null
              ? isNull(campaignPriceOrders.intervalCount)
              : eq(campaignPriceOrders.intervalCount, intervalCount),
          ),
        );
      if (!order) continue;
      if (order.stripePriceId === null) await enqueue(tx, makeCampaignPriceJob, { orderId: order.id });
      else await addMadePrice(tx, campaign, { productId, stripePriceId: order.stripePriceId });
    }
  }
}
