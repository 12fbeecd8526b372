export { addOrUpdateCampaign } from "./add-or-update-campaign.ts";
export { addPrice } from "./add-price.ts";
export { parseAnnouncement } from "./announcement.ts";
export { campaignAsAnnounced, type OutgoingAnnouncement, publishedCampaignIds } from "./campaign-as-announced.ts";
export { changeDefaultPrice } from "./change-default-price.ts";
export { findApplicableCampaign } from "./find-applicable-campaign.ts";
export { getCampaignPriceId } from "./get-campaign-price-id.ts";
export { lookAtDraftPrices } from "./look-at-draft-prices.ts";
export { makeCampaignPrice } from "./make-campaign-price.ts";
export type { PriceMaker, PriceToMake } from "./price-maker.ts";
export { type LaterPrice, laterPriceOf, readReceiptInputs, reevaluateReceipt } from "./price-receipt.ts";
export type { PriceSource, SourcePrice } from "./price-source.ts";
export { type PriceTerms, termsFor, trialNoticeDays } from "./price-terms.ts";
export { type PriceView, priceView } from "./price-view.ts";
export { receiveAnnouncement } from "./receive-announcement.ts";
export { recheckLivePrices } from "./recheck-live-prices.ts";
export { recheckReceipts } from "./recheck-receipts.ts";
export { checkCampaignPrice, recheckStripePrice } from "./recheck-stripe-price.ts";
export { recordPriceChange } from "./record-price-change.ts";
export {
  type PriceWanted,
  type ResolvedPrice,
  resolvePrice,
  resolvePrices,
  resolveRegularPrice,
} from "./resolve-price.ts";
export { PRICE_UNUSED_ALERT, reviewCampaign } from "./review-campaign.ts";
export { createShopWindows } from "./shop-window.ts";
export { sweep, sweepPrices } from "./sweep-prices.ts";
export { type ReceiptOwner, writePriceReceipt } from "./write-price-receipt.ts";
