import { defineErrors } from "../kernel/errors.ts";

export const pricingErrors = defineErrors({
  notForSale: ["pricing.not_for_sale", "not_found", "This is not for sale (in this currency)."],
  priceConflict: ["pricing.price.conflict", "conflict", "The price has just been changed. Look again before you act."],
  campaignNotFound: ["pricing.campaign_not_found", "not_found", "There is no such campaign."],
});
