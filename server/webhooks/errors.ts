import { defineErrors } from "../kernel/errors.ts";

export const webhookErrors = defineErrors({
  notFound: ["webhooks.not_found", "not_found", "There is no such event."],
  alertNotFound: ["webhooks.alert_not_found", "not_found", "There is no such open alert."],
});
