import { metadata } from "../api/metadata.ts";
import { currency, decimal, flag, hash, integer, oneOf, required, text } from "../api/params.ts";
import { discountParams } from "../coupons/discounts.ts";
import { rateParams } from "../taxes/read-rates.ts";

const amount = integer(-99_999_999, 99_999_999);

/** What is said of one thing on an invoice, whether it is an item or a line. */
export const itemParams = {
  amount,
  description: text(),
  discountable: flag(),
  discounts: discountParams,
  metadata: metadata(),
  period: hash({ end: required(integer(0)), start: required(integer(0)) }),
  price_data: hash({
    currency: required(currency()),
    product: required(text()),
    tax_behavior: oneOf(["exclusive", "inclusive", "unspecified"]),
    unit_amount: amount,
    unit_amount_decimal: decimal(),
  }),
  pricing: hash({ price: text() }),
  quantity: integer(0),
  tax_rates: rateParams,
};
