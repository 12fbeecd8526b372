import { eq } from "drizzle-orm";
import { customers } from "../../drizzle/schema/identity.ts";
import type { Tx } from "../kernel/db.ts";
import { findWithdrawal } from "./find-withdrawal.ts";
import { readOrderFacts } from "./order-facts.ts";
import { decideWithdrawal } from "./withdrawal-decision.ts";

/** What the mails about a withdrawal are made of: the statement, its order, and what the rules make of it. */
export async function withdrawalFacts(tx: Tx, withdrawalId: string) {
  const { withdrawal, lineIds, lines: given } = await findWithdrawal(tx, withdrawalId);
  const facts = await readOrderFacts(tx, withdrawal.orderId);
  const [customer] = await tx
    .select({ id: customers.id, userId: customers.userId })
    .from(customers)
    .where(eq(customers.id, withdrawal.customerId));
  const taken = facts.perLine.filter((line) => lineIds.includes(line.lineId));
  const decision = decideWithdrawal(taken, {
    receivedAt: withdrawal.receivedAt,
    payment: facts.standing,
    currency: withdrawal.currency,
  });
  const payment = facts.payments.find((one) => one.cardLast4 !== null) ?? null;
  return {
    withdrawal,
    order: facts.order,
    lines: facts.lines.filter((line) => lineIds.includes(line.id)),
    userId: customer?.userId ?? null,
    decision,
    /** What the rules gave when it was decided, in minor units: staff may have taken something off it since. */
    wholeAmount: given.reduce((sum, line) => sum + (line.refundAmount ?? 0), 0),
    endsMembership: facts.memberships.length > 0 && taken.some((line) => line.kind === "service"),
    card: payment?.cardBrand && payment.cardLast4 ? { brand: payment.cardBrand, last4: payment.cardLast4 } : null,
  };
}
