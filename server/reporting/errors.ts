import { defineErrors } from "../kernel/errors.ts";

export const reportingErrors = defineErrors({
  customerNotFound: ["customers.not_found", "not_found", "There is no such customer."],
  stretchTooLong: ["reporting.stretch_too_long", "invalid", "Ask for ten years at most at a time."],
  tooManyViews: ["reporting.too_many_views", "conflict", "Remove a saved view first: a list keeps twenty."],
});
