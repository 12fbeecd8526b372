import type { addPriceJob } from "../../server/catalog/jobs.ts";
import { minorUnits } from "../../server/kernel/money.ts";
import {
  addPrice,
  changeDefaultPrice,
  checkCampaignPrice,
  lookAtDraftPrices,
  makeCampaignPrice,
  recheckReceipts,
  reviewCampaign,
  sweepPrices,
} from "../../server/pricing/index.ts";
import type {
  changeDefaultPriceJob,
  checkPriceJob,
  lookAtDraftPricesJob,
  makeCampaignPriceJob,
  recheckReceiptsJob,
  reviewCampaignJob,
  sweepPricesJob,
} from "../../server/pricing/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleAddPrice: Handler<typeof addPriceJob> = addPrice;
export const handleChangeDefaultPrice: Handler<typeof changeDefaultPriceJob> = async (ctx, { amount, ...change }) => {
  await changeDefaultPrice(ctx, { ...change, amount: minorUnits(amount) });
};
export const handleCheckPrice: Handler<typeof checkPriceJob> = checkCampaignPrice;
export const handleLookAtDraftPrices: Handler<typeof lookAtDraftPricesJob> = lookAtDraftPrices;
export const handleMakeCampaignPrice: Handler<typeof makeCampaignPriceJob> = makeCampaignPrice;
export const handleReviewCampaign: Handler<typeof reviewCampaignJob> = reviewCampaign;
export const handleSweepPrices: Handler<typeof sweepPricesJob> = (ctx) => sweepPrices(ctx);
export const handleRecheckReceipts: Handler<typeof recheckReceiptsJob> = async (ctx, payload) => {
  await recheckReceipts(ctx, payload);
};
