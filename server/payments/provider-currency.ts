import { CURRENCIES, type Currency } from "../kernel/money.ts";
import { paymentErrors } from "./errors.ts";

/** A provider's currency as one of ours. Throws `payments.foreign_currency` for any other: nothing is converted by guess. */
export function providerCurrency(currency: string): Currency {
  const own = CURRENCIES.find((known) => known === currency);
  if (!own) throw paymentErrors.foreignCurrency({ currency });
  return own;
}
