import { defineErrors } from "../kernel/errors.ts";

export const subscriptionErrors = defineErrors({
  notFound: ["subscriptions.not_found", "not_found", "There is no such membership."],
});
