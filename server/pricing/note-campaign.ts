import { eq } from "drizzle-orm";
import { campaigns } from "../../drizzle/schema/pricing.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { findCampaign, lockCampaign } from "./campaign-rows.ts";
import { pricingErrors } from "./errors.ts";

export type NoteCampaign = { readonly id: string; readonly note: string; readonly before: string };

/**
 * Writes what staff want each other to know of a campaign, a partner's too. Its owner never sees or overwrites it. The
 * act is recorded. Throws `pricing.draft.conflict` when the note is no longer the one that was `before`.
 */
export async function noteCampaign(ctx: Ctx, input: NoteCampaign): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await lockCampaign(tx, input.id);
    const campaign = await findCampaign(tx, input.id);
    if (!campaign) throw pricingErrors.campaignNotFound({ id: input.id });
    const current = campaign.note ?? "";
    if (current === input.note) return;
    if (current !== input.before) throw pricingErrors.draftConflict({});
    await tx
      .update(campaigns)
      .set({ note: input.note === "" ? null : input.note })
      .where(eq(campaigns.id, input.id));
    await recordAct(tx, { action: "campaigns.note", subject: input.id, reason: null });
  });
}
