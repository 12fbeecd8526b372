import { access, router, STAFF } from "../trpc/init.ts";
import { getCampaign, listCampaigns } from "./campaign-queries.ts";
import { campaignEditorRouter } from "./editor-router.ts";
import { listIncomingAnnouncements } from "./incoming-announcements.ts";
import { announcementListInput, campaignInput, campaignListInput, previewInput } from "./input.ts";
import { previewPrice } from "./preview-price.ts";
import { receiptsRouter } from "./receipts-router.ts";
import { sellableProducts } from "./sellable-products.ts";

/** For staff: what partners have announced, what came of it, and why a price is what it is. */
export const pricingRouter = router({
  campaigns: router({
    list: access(STAFF)
      .input(campaignListInput)
      .query(({ ctx, input }) => ctx.db.transaction((tx) => listCampaigns(tx, input), { readOnly: true })),
    get: access(STAFF)
      .input(campaignInput)
      .query(({ ctx, input }) => ctx.db.transaction((tx) => getCampaign(tx, input.id), { readOnly: true })),
    editor: campaignEditorRouter,
  }),
  incoming: access(STAFF)
    .input(announcementListInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listIncomingAnnouncements(tx, input), { readOnly: true })),
  receipts: receiptsRouter,
  sellable: access(STAFF).query(({ ctx }) => ctx.db.transaction(sellableProducts, { readOnly: true })),
  preview: access(STAFF)
    .input(previewInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => previewPrice(tx, input), { readOnly: true })),
});
