import { eq } from "drizzle-orm";
import { refunds } from "../../drizzle/schema/refunds.ts";
import type { withdrawalLines } from "../../drizzle/schema/withdrawals.ts";
import type { Tx } from "../kernel/db.ts";
import type { Withdrawal } from "./find-withdrawal.ts";
import { type LowerablePart, lowerParts } from "./lower-parts.ts";
import { readOrderFacts } from "./order-facts.ts";
import type { PaymentLeft } from "./refund-shares.ts";
import type { PaymentStanding } from "./withdrawal-decision.ts";

/** What a withdrawal owes still. Amounts in minor units. */
export type Owed = {
  /** What is to be paid back yet, and by which lines. */
  readonly sum: number;
  readonly parts: readonly LowerablePart[];
  /** What its payments can give, the newest first. */
  readonly payments: readonly (PaymentLeft & {
    readonly cardBrand: string | null;
    readonly cardLast4: string | null;
  })[];
  /** Whether they have been paid, and none is disputed: before that it is not known how much they can give. */
  readonly standing: PaymentStanding;
  /** Something of it is on its way. */
  readonly underWay: boolean;
  /** How many of its refunds have failed so far: part of the key of the next ones. */
  readonly failed: number;
};

/**
 * What a withdrawal owes still: what the rules gave for each line, less what staff took off it, less what was paid back by it or is on its
 * way. A line that was paid back by hand meanwhile is not paid back twice. The caller holds the withdrawal.
 */
export async function readOwed(
  tx: Tx,
  { id, orderId, refundAmount }: Withdrawal,
  lines: readonly (typeof withdrawalLines.$inferSelect)[],
): Promise<Owed> {
  const before = await tx
    .select({ status: refunds.status, amount: refunds.amount, lines: refunds.lines })
    .from(refunds)
    .where(eq(refunds.withdrawalId, id));
  const standing = before.filter((one) => one.status !== "failed");
  const facts = await readOrderFacts(tx, orderId);
  const named = standing.flatMap((one) => one.lines);
  const byRules = lines.map(({ orderLineId, refundAmount: ofLine }) => {
    const bought = facts.lines.find((one) => one.id === orderLineId);
    const fact = facts.perLine.find((one) => one.lineId === orderLineId);
    const ours = named.filter((part) => part.orderLineId === orderLineId);
    const asked = ours.reduce((total, part) => total + part.amount, 0);
    const pieces = ours.reduce((total, part) => total + part.quantity, 0);
    return {
      orderLineId,
      quantity: Math.max(0, (bought?.quantity ?? 0) - pieces),
      asked,
      amount: Math.min(ofLine ?? 0, (fact?.paid ?? 0) + asked),
      lowerable: fact?.kind === "goods" && fact.shippedAt !== null,
    };
  });
  const given = lines.reduce((total, line) => total + (line.refundAmount ?? 0), 0);
  const parts = lowerParts(byRules, given - (refundAmount ?? given));
  const total = parts.reduce((sum, part) => sum + part.amount, 0);
  return {
    sum: total - standing.reduce((sum, one) => sum + one.amount, 0),
    parts: parts.map(({ asked, ...part }) => ({ ...part, amount: Math.max(0, part.amount - asked) })),
    payments: facts.payments
      .filter(({ status }) => status === "paid" || status === "partially_refunded")
      .map(({ id: paymentId, amount, refundedAmount, cardBrand, cardLast4 }) => {
        return { paymentId, left: amount - refundedAmount, cardBrand, cardLast4 };
      }),
    standing: facts.standing,
    underWay: standing.some((one) => one.status !== "succeeded"),
    failed: before.length - standing.length,
  };
}
