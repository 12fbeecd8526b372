import { eq } from "drizzle-orm";
import { campaigns } from "../../drizzle/schema/pricing.ts";
import type { Tx } from "../kernel/db.ts";
import { enqueue } from "../kernel/job.ts";
import { begin, converge } from "../kernel/machine.ts";
import type { Origin } from "./add-or-update-campaign.ts";
import { campaignProductIds, findCampaign, lockCampaign } from "./campaign-rows.ts";
import { campaignMachine } from "./campaign-status.ts";
import { reviewCampaignJob } from "./jobs.ts";
import { recordPriceChange } from "./record-price-change.ts";

/**
 * Takes a campaign away: its prices hold no longer. What remains is a tombstone, so that news that was overtaken on its
 * way cannot bring it back; one is left for a campaign that was never heard of, too. Idempotent; holds the campaign's lock.
 */
export async function deleteCampaign(tx: Tx, campaignId: string, origin: Origin): Promise<void> {
  await lockCampaign(tx, campaignId);
  await recordPriceChange(tx, await campaignProductIds(tx, campaignId), async () => {
    const { now } = tx.scope;
    const tombstone = {
      occurredAt: origin.occurredAt ?? null,
      lastBodyHash: origin.bodyHash ?? null,
      boundaryAt: null,
      updatedAt: now,
      ...(origin.version == null ? {} : { version: origin.version }),
    };
    if (await findCampaign(tx, campaignId)) {
      await tx.update(campaigns).set(tombstone).where(eq(campaigns.id, campaignId));
    } else {
      const unheardOf = {
        id: campaignId,
        name: campaignId,
        status: "draft",
        source: "partner",
        createdAt: now,
      } as const;
      await tx.insert(campaigns).values({ ...tombstone, ...unheardOf });
      await begin(tx, campaignMachine, { id: campaignId, cause: "deleted before it was announced" });
    }
    await converge(tx, campaignMachine, { id: campaignId, to: "deleted", cause: "announced" });
    await enqueue(tx, reviewCampaignJob, { campaignId }, { key: `pricing.review-campaign:${campaignId}` });
  });
}
