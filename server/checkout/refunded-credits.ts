import type { RefundLine } from "../../drizzle/schema/refunds.ts";

/** A line of credits as it was bought. Amounts in minor units. */
export type CreditLine = {
  readonly id: string;
  readonly totalAmount: number;
  /** What the whole line granted. */
  readonly credits: number;
};

type Refund = { readonly amount: number; readonly lines: readonly RefundLine[] };

/**
 * How many credits of a line are paid back by all the refunds of its order that were made, together: so each takes the
 * difference to what the others have taken, whichever ended first, and parts never come to more or less than the whole,
 * however they are cut. A refund that names no lines (made at the provider) falls on each line by its part of the order.
 */
export function creditsPaidBack(made: readonly Refund[], line: CreditLine, orderTotal: number): number {
  if (line.totalAmount === 0 || orderTotal === 0) return 0;
  const sum = (amounts: readonly number[]) => BigInt(amounts.reduce((total, amount) => total + amount, 0));
  const whole = BigInt(line.totalAmount) * BigInt(orderTotal);
  const ofOrder = sum(made.flatMap(({ lines, amount }) => (lines.length === 0 ? [amount] : [])));
  const named = made.flatMap(({ lines }) => lines).filter(({ orderLineId }) => orderLineId === line.id);
  // In parts of the whole order, which are exact.
  const back = sum(named.map(({ amount }) => amount)) * BigInt(orderTotal) + ofOrder * BigInt(line.totalAmount);
  return Number((BigInt(line.credits) * (back < whole ? back : whole)) / whole);
}
