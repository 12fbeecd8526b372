import type { RefundLine } from "../../drizzle/schema/refunds.ts";

/** A line of credits as it was bought. Amounts in minor units. */
export type CreditLine = {
  readonly id: string;
  readonly totalAmount: number;
  /** What the whole line granted. */
  readonly credits: number;
};

type Refund = { readonly id: string; readonly amount: number; readonly lines: readonly RefundLine[] };

/**
 * How many credits a refund takes back from a line. Each refund takes the difference of two shares, what is paid back with
 * it less what was before, so that parts never come to more or less than the whole, however they are cut. A refund that
 * names no lines (made at the provider) falls on each line by its part of the order.
 */
export function creditsOfRefund(
  refund: Refund,
  line: CreditLine,
  all: { readonly made: readonly Refund[]; readonly orderTotal: number },
): number {
  if (line.totalAmount === 0) return 0;
  const at = all.made.findIndex(({ id }) => id === refund.id);
  const before = all.made.slice(0, Math.max(0, at));
  const paidBack = (refunds: readonly Refund[]) =>
    refunds.reduce((sum, one) => sum + amountOnLine(one, line, all.orderTotal), 0);
  const share = (amount: number) => Math.floor((line.credits * Math.min(amount, line.totalAmount)) / line.totalAmount);
  return share(paidBack([...before, refund])) - share(paidBack(before));
}

function amountOnLine(refund: Refund, line: CreditLine, orderTotal: number): number {
  if (refund.lines.length === 0) return orderTotal === 0 ? 0 : (refund.amount * line.totalAmount) / orderTotal;
  return refund.lines.reduce((sum, one) => (one.orderLineId === line.id ? sum + one.amount : sum), 0);
}
