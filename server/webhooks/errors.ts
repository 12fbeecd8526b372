import { defineErrors } from "../kernel/errors.ts";

export const webhookErrors = defineErrors({
  notFound: ["webhooks.not_found", "not_found", "There is no such event."],
  batchNotFound: ["webhooks.batch_not_found", "not_found", "There is no such act on many events."],
  batchEmpty: ["webhooks.batch_empty", "invalid", "No event matches. Choose other events."],
  batchNotReady: [
    "webhooks.batch_not_ready",
    "conflict",
    "The dry run is not done yet. Wait until it has seen every event.",
  ],
  batchStarted: ["webhooks.batch_started", "conflict", "This has been started already. Look at how far it is."],
  batchOver: ["webhooks.batch_over", "conflict", "This is over: it was done or stopped."],
  alertNotFound: ["webhooks.alert_not_found", "not_found", "There is no such open alert."],
});
