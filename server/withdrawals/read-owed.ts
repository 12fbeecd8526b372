import { and, eq, inArray, ne, sql } from "drizzle-orm";
import { refunds } from "../../drizzle/schema/refunds.ts";
import type { withdrawalLines } from "../../drizzle/schema/withdrawals.ts";
import type { Tx } from "../kernel/db.ts";
import { refundRoom } from "../payments/index.ts";
import type { Withdrawal } from "./find-withdrawal.ts";
import { lowerParts, type OwedSums } from "./lower-parts.ts";
import { readOrderFacts } from "./order-facts.ts";
import type { PaymentLeft } from "./refund-shares.ts";
import type { PaymentStanding } from "./withdrawal-decision.ts";

/** What a withdrawal owes still. Amounts in minor units. */
export type Owed = Omit<OwedSums, "payments"> & {
  /** What the rules gave. */
  readonly given: number;
  /** What its payments can give, the newest first: less what was paid back of them, or is on its way. */
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
  { id, orderId }: Withdrawal,
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
  // Also by those that failed: what staff decided is what is owed.
  const off = before.flatMap((one) => one.lines).reduce((total, { takenOff = 0 }) => total + takenOff, 0);
  const parts = lowerParts(byRules, off);
  const committed = await committedOf(
    tx,
    facts.payments.map((payment) => payment.id),
  );
  const total = parts.reduce((sum, part) => sum + part.amount, 0);
  return {
    given,
    off,
    sum: total - standing.reduce((sum, one) => sum + one.amount, 0),
    parts: parts.map(({ asked, ...part }) => ({ ...part, amount: Math.max(0, part.amount - asked) })),
    payments: facts.payments
      .filter(({ status }) => status === "paid" || status === "partially_refunded")
      .map(({ id: paymentId, amount, refundedAmount, cardBrand, cardLast4 }) => {
        const ours = committed.get(paymentId) ?? 0;
        const left = refundRoom({ paid: amount, refundedAtProvider: refundedAmount, committed: ours });
        return { paymentId, left, cardBrand, cardLast4 };
      }),
    standing: facts.standing,
    underWay: standing.some((one) => one.status !== "succeeded"),
    failed: before.length - standing.length,
  };
}

/** What of each payment was paid back, by whoever, or is asked for. */
async function committedOf(tx: Tx, paymentIds: readonly string[]): Promise<Map<string, number>> {
  const { paymentId, amount, status } = refunds;
  const rows = await tx
    .select({ paymentId, amount: sql<number>`sum(${amount})`.mapWith(Number) })
    .from(refunds)
    .where(and(inArray(paymentId, [...paymentIds]), ne(status, "failed")))
    .groupBy(paymentId);
  return new Map(rows.map((row) => [row.paymentId, row.amount]));
}
