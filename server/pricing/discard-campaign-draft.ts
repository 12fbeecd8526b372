import { eq } from "drizzle-orm";
import { campaignDrafts } from "../../drizzle/schema/campaign-editing.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { lockCampaign } from "./campaign-rows.ts";
import { deleteCampaign } from "./delete-campaign.ts";
import { findDraft, listVersions, ownCampaign } from "./draft-rows.ts";
import { pricingErrors } from "./errors.ts";

/**
 * Throws away what was not published. What is published stays as it is; a campaign that never was is deleted. Idempotent;
 * the act is recorded. Throws `pricing.draft.conflict` when somebody else has saved since.
 */
export async function discardCampaignDraft(
  ctx: Ctx,
  input: { readonly id: string; readonly revision: number },
): Promise<{ deleted: boolean }> {
  return ctx.db.transaction(async (tx) => {
    await lockCampaign(tx, input.id);
    await ownCampaign(tx, input.id);
    const draft = await findDraft(tx, input.id);
    if (draft !== null && draft.revision !== input.revision)
      throw pricingErrors.draftConflict({ revision: draft.revision });
    await tx.delete(campaignDrafts).where(eq(campaignDrafts.campaignId, input.id));
    const deleted = (await listVersions(tx, input.id)).length === 0;
    if (deleted) await deleteCampaign(tx, input.id, {});
    await recordAct(tx, { action: "campaigns.discard_draft", subject: input.id, reason: null });
    return { deleted };
  });
}
