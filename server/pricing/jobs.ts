import { z } from "zod";
import { defineJob } from "../kernel/job.ts";

/** Asks Stripe for a campaign's price: announced without an amount, it cannot be used before. */
export const checkPriceJob = defineJob({
  name: "pricing.check-price",
  payload: z.object({ campaignPriceId: z.string() }),
});

/** Asks Stripe about the prices that a draft names. */
export const lookAtDraftPricesJob = defineJob({
  name: "pricing.look-at-draft-prices",
  payload: z.object({ campaignId: z.string() }),
});

/** Has Stripe make a price of a campaign of ours. */
export const makeCampaignPriceJob = defineJob({
  name: "pricing.make-campaign-price",
  payload: z.object({ orderId: z.string() }),
});

/** Evaluates stored price receipts again, a batch at a time. */
export const recheckReceiptsJob = defineJob({
  name: "pricing.recheck-receipts",
  payload: z.object({ after: z.string().optional() }),
});

/** Gives something another default price, Stripe first. */
export const changeDefaultPriceJob = defineJob({
  name: "pricing.change-default-price",
  payload: z.object({
    priceId: z.string(),
    amount: z.number().int(),
    trialDays: z.number().int().optional(),
    trialWithoutCard: z.enum(["cancel", "pause", "create_invoice"]).nullable().optional(),
    setupFeeAmount: z.number().int().optional(),
  }),
});

/** Enters campaigns that have begun or ended into the price history, and has old looks at prices repeated. */
export const sweepPricesJob = defineJob({ name: "pricing.sweep", payload: z.object({}) });

/** Looks whether a campaign's prices can be used for the products it names, and tells staff when not. */
export const reviewCampaignJob = defineJob({
  name: "pricing.review-campaign",
  payload: z.object({ campaignId: z.string() }),
});
