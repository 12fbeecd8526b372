import { defineErrors } from "../kernel/errors.ts";

export const fulfilmentErrors = defineErrors({
  noGoods: ["fulfilment.no_goods", "not_found", "This order has no goods to send."],
});
