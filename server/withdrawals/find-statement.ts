import { and, asc, eq } from "drizzle-orm";
import { withdrawalStatements } from "../../drizzle/schema/withdrawals.ts";
import type { Tx } from "../kernel/db.ts";
import { hashToken } from "../kernel/id.ts";
import { withdrawalErrors } from "./errors.ts";
import { WITHDRAWAL_DAYS } from "./withdrawal-period.ts";

export type Statement = typeof withdrawalStatements.$inferSelect;

/** A statement. `lock` keeps it until the transaction ends. Throws `withdrawals.no_statement`. */
export async function findStatement(tx: Tx, id: string, options: { lock?: boolean } = {}): Promise<Statement> {
  const query = tx.select().from(withdrawalStatements).where(eq(withdrawalStatements.id, id));
  const [statement] = await (options.lock ? query.for("update") : query);
  if (!statement) throw withdrawalErrors.noStatement();
  return statement;
}

/** What was said about an order and waits to be carried out, the earliest first. `lock` keeps them until the transaction ends. */
export async function openStatements(tx: Tx, orderId: string, options: { lock?: boolean } = {}) {
  const query = tx
    .select({
      id: withdrawalStatements.id,
      receivedAt: withdrawalStatements.receivedAt,
      mayMail: withdrawalStatements.mayMail,
    })
    .from(withdrawalStatements)
    .where(and(eq(withdrawalStatements.orderId, orderId), eq(withdrawalStatements.status, "unconfirmed")))
    .orderBy(asc(withdrawalStatements.receivedAt), asc(withdrawalStatements.id));
  return options.lock ? query.for("update") : query;
}

/**
 * Those of them that the buyer may still carry out. What was said longer ago than money would have gone back by is for staff: whoever
 * went on with a membership, and confirms when months of it were paid for, would have had all of them for nothing.
 */
export function confirmable<S extends { readonly receivedAt: Date }>(stated: readonly S[], now: Date): S[] {
  return stated.filter(({ receivedAt }) => now.getTime() - receivedAt.getTime() < WITHDRAWAL_DAYS * 86_400_000);
}

/**
 * What a statement's receipt says: what was said and when, by the token that whoever said it got. Nothing of any order. Throws
 * `withdrawals.no_statement`.
 */
export async function statementReceipt(tx: Tx, receipt: string) {
  const [statement] = await tx
    .select({
      number: withdrawalStatements.orderNumber,
      name: withdrawalStatements.name,
      email: withdrawalStatements.email,
      receivedAt: withdrawalStatements.receivedAt,
    })
    .from(withdrawalStatements)
    .where(eq(withdrawalStatements.accessTokenHash, hashToken(receipt)));
  if (!statement) throw withdrawalErrors.noStatement();
  return statement;
}
