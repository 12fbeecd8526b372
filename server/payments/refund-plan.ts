import type { RefundLine } from "../../drizzle/schema/refunds.ts";

/** A bought line, and how much of it was paid back or is on its way. Amounts in minor units. */
export type RefundableLine = {
  readonly id: string;
  readonly quantity: number;
  readonly unitAmount: number;
  readonly totalAmount: number;
  readonly refundedQuantity: number;
  readonly refundedAmount: number;
};

export type RefundPlan = {
  readonly amount: number;
  readonly lines: readonly RefundLine[];
  /** What the payment can give at most. */
  readonly left: number;
  readonly problem: "nothing_left" | "more_than_left" | null;
};

/**
 * What a refund of these lines would be: the same computation for the preview and the act. No line named means everything
 * that is left of the payment. A line gives back what its pieces cost, never more than is left of it.
 */
export function planRefund(
  wish: readonly { readonly orderLineId: string; readonly quantity: number }[],
  lines: readonly RefundableLine[],
  left: number,
): RefundPlan {
  if (left <= 0) return { amount: 0, lines: [], left: 0, problem: "nothing_left" };
  const chosen =
    wish.length === 0 ? lines.map((line) => ({ orderLineId: line.id, quantity: openQuantity(line) })) : wish;
  let tooMany = false;
  const parts = chosen.flatMap(({ orderLineId, quantity }): RefundLine[] => {
    const line = lines.find((one) => one.id === orderLineId);
    if (!line || quantity > openQuantity(line)) {
      tooMany = true;
      return [];
    }
    const amount = Math.min(quantity * line.unitAmount, line.totalAmount - line.refundedAmount);
    return quantity > 0 && amount > 0 ? [{ orderLineId, quantity, amount }] : [];
  });
  const sum = wish.length === 0 ? left : parts.reduce((total, part) => total + part.amount, 0);
  const problem = tooMany || sum > left ? "more_than_left" : sum === 0 ? "nothing_left" : null;
  return { amount: sum, lines: parts, left, problem };
}

/** A sum of a payment that has no lines of its own: a renewal. All that is left of it when none is named. */
export function planPart(wanted: number | undefined, left: number): RefundPlan {
  if (left <= 0) return { amount: 0, lines: [], left: 0, problem: "nothing_left" };
  const amount = wanted ?? left;
  return { amount, lines: [], left, problem: amount > left ? "more_than_left" : null };
}

const openQuantity = (line: RefundableLine): number =>
  line.refundedAmount >= line.totalAmount ? 0 : line.quantity - line.refundedQuantity;
