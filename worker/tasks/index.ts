import type { Handlers } from "../handler.ts";
import { handleClaimGuestPurchases } from "./identity.ts";
import { handleSendEmail, handleSweepEmails } from "./messaging.ts";
import { handleCheckPrice, handleReviewCampaign, handleSweepPrices } from "./pricing.ts";
import { handleWebhook } from "./webhooks.ts";

/** Who does which job. A job without a handler does not compile. */
export const handlers = {
  checkPriceJob: handleCheckPrice,
  claimGuestPurchasesJob: handleClaimGuestPurchases,
  reviewCampaignJob: handleReviewCampaign,
  sendEmailJob: handleSendEmail,
  sweepEmailsJob: handleSweepEmails,
  sweepPricesJob: handleSweepPrices,
  processWebhook: handleWebhook,
} satisfies Handlers;
