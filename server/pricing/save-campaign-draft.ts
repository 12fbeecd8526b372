import { eq } from "drizzle-orm";
import { campaignDrafts, type StoredContent } from "../../drizzle/schema/campaign-editing.ts";
import { campaigns } from "../../drizzle/schema/pricing.ts";
import { actorName } from "../kernel/actor.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { enqueue } from "../kernel/job.ts";
import { lockCampaign } from "./campaign-rows.ts";
import { findDraft, listVersions, namedPrices, ownCampaign } from "./draft-rows.ts";
import { pricingErrors } from "./errors.ts";
import { lookAtDraftPricesJob } from "./jobs.ts";

export type SaveCampaignDraft = {
  readonly id: string;
  /** The revision that the editor began from; 0: there was no draft. */
  readonly revision: number;
  readonly content: StoredContent;
};

/**
 * Keeps what staff have written of a campaign, whatever is still wrong with it. Visitors see nothing of it before it is
 * published. The prices it names are looked up at Stripe by a job. Holds the campaign's lock; the act is recorded.
 * Throws `pricing.draft.conflict` when somebody else has saved since (nothing is lost: theirs stands, and the page
 * still has what was typed), `pricing.campaign_of_partner`.
 */
export async function saveCampaignDraft(ctx: Ctx, input: SaveCampaignDraft): Promise<{ revision: number }> {
  return ctx.db.transaction(async (tx) => {
    await lockCampaign(tx, input.id);
    const campaign = await ownCampaign(tx, input.id);
    const draft = await findDraft(tx, input.id);
    const versions = await listVersions(tx, input.id);
    const current = draft?.revision ?? 0;
    if (current !== input.revision) throw pricingErrors.draftConflict({ revision: current });
    // A revision is never used twice, also after a publication: it names what is published.
    const revision = Math.max(current, ...versions.map((version) => version.revision ?? 0)) + 1;
    const saved = {
      revision,
      content: input.content,
      savedBy: actorName(tx.scope.actor),
      savedAt: tx.scope.now,
    };
    await tx
      .insert(campaignDrafts)
      .values({ campaignId: input.id, ...saved })
      .onConflictDoUpdate({ target: campaignDrafts.campaignId, set: saved });
    if (campaign.status === "draft" && input.content.name.trim() !== "") {
      const named = { name: input.content.name, updatedAt: tx.scope.now };
      await tx.update(campaigns).set(named).where(eq(campaigns.id, input.id));
    }
    if (namedPrices(input.content).length > 0)
      await enqueue(
        tx,
        lookAtDraftPricesJob,
        { campaignId: input.id },
        { key: `pricing.look-at-draft-prices:${input.id}` },
      );
    await recordAct(tx, { action: "campaigns.save_draft", subject: input.id, reason: null });
    return { revision };
  });
}
