import type { Handlers } from "../handler.ts";
import { handleClaimGuestPurchases } from "./identity.ts";
import { handleSendEmail, handleSweepEmails } from "./messaging.ts";
import { handleWebhook } from "./webhooks.ts";

/** Who does which job. A job without a handler does not compile. */
export const handlers = {
  claimGuestPurchasesJob: handleClaimGuestPurchases,
  sendEmailJob: handleSendEmail,
  sweepEmailsJob: handleSweepEmails,
  processWebhook: handleWebhook,
} satisfies Handlers;
