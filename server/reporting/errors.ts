import { defineErrors } from "../kernel/errors.ts";

export const reportingErrors = defineErrors({
  tooManyViews: ["reporting.too_many_views", "conflict", "Remove a saved view first: a list keeps twenty."],
});
