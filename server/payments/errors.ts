import { defineErrors } from "../kernel/errors.ts";

export const paymentErrors = defineErrors({
  notFound: ["payments.not_found", "not_found", "There is no such payment."],
  foreignCurrency: [
    "payments.foreign_currency",
    "invalid",
    "The provider names a currency that this shop does not use.",
  ],
});
