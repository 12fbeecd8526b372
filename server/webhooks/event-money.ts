import { CURRENCIES, type Currency } from "../kernel/money.ts";

export type MoneyAtStake = { readonly amount: number; readonly currency: Currency };

const AMOUNTS = ["amount_total", "amount_due", "total", "amount"];

/** What an event's object says is to be paid, for a person to weigh; null when it names no sum of ours. */
export function moneyOf(object: Readonly<Record<string, unknown>>): MoneyAtStake | null {
  const field = AMOUNTS.find((name) => Number.isSafeInteger(object[name]));
  const currency = CURRENCIES.find((one) => one === String(object.currency ?? "").toUpperCase());
  return field && currency ? { amount: Number(object[field]), currency } : null;
}

/** All of it, when it is of one currency. */
export function sumAtStake(sums: readonly (MoneyAtStake | null)[]): MoneyAtStake | null {
  const known = sums.filter((one) => one !== null);
  const [first] = known;
  if (!first || known.some((one) => one.currency !== first.currency)) return null;
  return { amount: known.reduce((sum, one) => sum + one.amount, 0), currency: first.currency };
}
