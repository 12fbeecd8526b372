import { and, isNull } from "drizzle-orm";
import { announcementDeliveries, announcementEndpoints } from "../../drizzle/schema/announcements.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { enqueue } from "../kernel/job.ts";
import { campaignAsAnnounced } from "../pricing/index.ts";
import { deliverAnnouncementJob } from "./jobs.ts";

/**
 * Writes what there is to say about a campaign of ours to every receiver that is not switched off: one delivery per
 * receiver and part of a version, sent by a job each. Idempotent: what was written before is not written again.
 */
export async function announceCampaign(ctx: Ctx, input: { readonly campaignId: string }): Promise<void> {
  await ctx.db.transaction((tx) => writeDeliveries(tx, input.campaignId));
}

async function writeDeliveries(tx: Tx, campaignId: string): Promise<void> {
  const announcements = await campaignAsAnnounced(tx, campaignId);
  if (announcements.length === 0) return;
  const endpoints = await tx
    .select({ id: announcementEndpoints.id })
    .from(announcementEndpoints)
    .where(and(isNull(announcementEndpoints.disabledAt)));
  for (const endpoint of endpoints) {
    for (const { part, action, version, content } of announcements) {
      const id = newId("ann");
      const body = JSON.stringify({ action, ...content, eventId: id });
      const [made] = await tx
        .insert(announcementDeliveries)
        .values({
          ...{ id, endpointId: endpoint.id, campaignId, action, version, part, body },
          state: "pending",
          createdAt: tx.scope.now,
        })
        .onConflictDoNothing()
        .returning({ id: announcementDeliveries.id });
      if (made) await enqueue(tx, deliverAnnouncementJob, { deliveryId: made.id });
    }
  }
}
