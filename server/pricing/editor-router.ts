import type { StaffRole } from "../kernel/actor.ts";
import { access, router, STAFF } from "../trpc/init.ts";
import { createCampaign } from "./create-campaign.ts";
import { discardCampaignDraft } from "./discard-campaign-draft.ts";
import { getCampaignEditor } from "./editor-queries.ts";
import { endCampaign, resumeCampaign } from "./end-campaign.ts";
import {
  campaignActInput,
  campaignInput,
  createCampaignInput,
  discardDraftInput,
  noteCampaignInput,
  publishCampaignInput,
  saveDraftInput,
} from "./input.ts";
import { noteCampaign } from "./note-campaign.ts";
import { publishCampaign } from "./publish-campaign.ts";
import { saveCampaignDraft } from "./save-campaign-draft.ts";

/** Those who decide what the shop offers; every role may look. */
const EDITING: readonly StaffRole[] = ["owner", "marketing"];

/** Campaigns of our own, from the first word to the last day; and what staff may do with a partner's. */
export const campaignEditorRouter = router({
  get: access(STAFF)
    .input(campaignInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => getCampaignEditor(tx, input.id), { readOnly: true })),
  create: access({ staff: EDITING })
    .input(createCampaignInput)
    .mutation(({ ctx, input }) => createCampaign(ctx, input)),
  save: access({ staff: EDITING })
    .input(saveDraftInput)
    .mutation(({ ctx, input }) => saveCampaignDraft(ctx, input)),
  discard: access({ staff: EDITING })
    .input(discardDraftInput)
    .mutation(({ ctx, input }) => discardCampaignDraft(ctx, input)),
  publish: access({ staff: EDITING })
    .input(publishCampaignInput)
    .mutation(({ ctx, input }) => publishCampaign(ctx, input)),
  end: access({ staff: EDITING })
    .input(campaignActInput)
    .mutation(({ ctx, input }) => endCampaign(ctx, input)),
  resume: access({ staff: EDITING })
    .input(campaignActInput)
    .mutation(({ ctx, input }) => resumeCampaign(ctx, input)),
  note: access({ staff: EDITING })
    .input(noteCampaignInput)
    .mutation(({ ctx, input }) => noteCampaign(ctx, input)),
});
