import { claimGuestPurchasesJob } from "./identity/jobs.ts";
import { sendEmailJob, sweepEmailsJob } from "./messaging/jobs.ts";
import { checkPriceJob, reviewCampaignJob, sweepPricesJob } from "./pricing/jobs.ts";
import { processWebhook } from "./webhooks/jobs.ts";

/** Every job there is. `worker/tasks/index.ts` has a handler for each, or it does not compile. */
export const jobs = {
  checkPriceJob,
  claimGuestPurchasesJob,
  processWebhook,
  reviewCampaignJob,
  sendEmailJob,
  sweepEmailsJob,
  sweepPricesJob,
} as const;
