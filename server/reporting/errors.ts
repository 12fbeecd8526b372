import { defineErrors } from "../kernel/errors.ts";

export const reportingErrors = defineErrors({
  customerNotFound: ["customers.not_found", "not_found", "There is no such customer."],
  tooManyViews: ["reporting.too_many_views", "conflict", "Remove a saved view first: a list keeps twenty."],
});
