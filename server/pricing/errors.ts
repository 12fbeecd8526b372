import { defineErrors } from "../kernel/errors.ts";

export const pricingErrors = defineErrors({
  notForSale: ["pricing.not_for_sale", "not_found", "This is not for sale (in this currency)."],
  priceConflict: ["pricing.price.conflict", "conflict", "The price has just been changed. Look again before you act."],
  campaignOfPartner: [
    "pricing.campaign_of_partner",
    "conflict",
    "A partner owns this campaign. It can be ended and noted here; everything else is changed in the partner's system.",
  ],
  campaignNotLive: ["pricing.campaign_not_live", "conflict", "This campaign is not published, so it cannot be ended."],
  noTerms: [
    "pricing.no_terms",
    "invalid",
    "Only what renews has trial days and a setup fee. Leave them empty for what is paid once.",
  ],
  trialNeedsCard: [
    "pricing.trial_needs_card",
    "invalid",
    "A trial without a card needs days of trial, and no setup fee: a fee is paid by card. Change one of them.",
  ],
  draftConflict: [
    "pricing.draft.conflict",
    "conflict",
    "Somebody else has saved this meanwhile. Look at what they wrote, and save again.",
  ],
  draftWrong: [
    "pricing.draft_wrong",
    "invalid",
    "The draft is not right yet. Correct what is named and publish again.",
  ],
  receiptNotFound: [
    "pricing.receipt_not_found",
    "not_found",
    "There is no such price receipt, or it is not yours to read. Open it from the order.",
  ],
  campaignNotFound: ["pricing.campaign_not_found", "not_found", "There is no such campaign."],
});
