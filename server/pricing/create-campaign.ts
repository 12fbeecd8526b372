import { campaignDrafts } from "../../drizzle/schema/campaign-editing.ts";
import { campaigns } from "../../drizzle/schema/pricing.ts";
import { actorName } from "../kernel/actor.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { newId } from "../kernel/id.ts";
import { begin } from "../kernel/machine.ts";
import { EMPTY_CONTENT } from "./campaign-content.ts";
import { campaignMachine } from "./campaign-status.ts";

/** Begins a campaign of our own: an empty draft that nobody but staff sees. The act is recorded. Answers its id. */
export async function createCampaign(ctx: Ctx, input: { readonly name: string }): Promise<{ id: string }> {
  const id = newId("cmp");
  await ctx.db.transaction(async (tx) => {
    const { now } = tx.scope;
    const { name } = input;
    await tx.insert(campaigns).values({ id, name, status: "draft", source: "staff", createdAt: now, updatedAt: now });
    await begin(tx, campaignMachine, { id, cause: "drafted by staff" });
    const content = { ...EMPTY_CONTENT, name };
    await tx
      .insert(campaignDrafts)
      .values({ campaignId: id, revision: 1, content, savedBy: actorName(tx.scope.actor), savedAt: now });
    await recordAct(tx, { action: "campaigns.create", subject: id, reason: null });
  });
  return { id };
}
