import { defineErrors } from "../kernel/errors.ts";

export const orderErrors = defineErrors({
  notFound: ["orders.not_found", "not_found", "There is no such order."],
});
