import { defineErrors } from "../kernel/errors.ts";

export const paymentErrors = defineErrors({
  notFound: ["payments.not_found", "not_found", "There is no such payment."],
  noSuchRefund: ["payments.no_such_refund", "not_found", "There is no such refund."],
  nothingToRefund: ["payments.nothing_to_refund", "conflict", "Nothing of this order can be paid back any more."],
  refundTooLarge: [
    "payments.refund_too_large",
    "conflict",
    "There is less left to pay back than that. Look at the order again before you act.",
  ],
  foreignCurrency: [
    "payments.foreign_currency",
    "invalid",
    "The provider names a currency that this shop does not use.",
  ],
});
