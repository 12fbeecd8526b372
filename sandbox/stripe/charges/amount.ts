import { leastCharge, mostCharge } from "../amounts.ts";
import { invalid } from "../api/errors.ts";

/** What can be charged at all: neither too little nor too much. */
export function checkAmount(amount: number, currency: string): void {
  if (amount < leastCharge(currency))
    throw invalid(
      "The amount must be greater than or equal to the minimum charge amount allowed for your account and the currency set (https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts).  If you want to save a Payment Method for future use without an immediate payment, use a Setup Intent instead: https://docs.stripe.com/payments/setup-intents",
      "amount",
      amount <= 0 ? "parameter_invalid_integer" : "amount_too_small",
    );
  if (amount > mostCharge)
    throw invalid(`Amount must be no more than ${mostCharge} in the smallest unit.`, "amount", "amount_too_large");
}
