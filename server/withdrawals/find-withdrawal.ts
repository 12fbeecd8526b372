import { eq } from "drizzle-orm";
import { withdrawalLines, withdrawals } from "../../drizzle/schema/withdrawals.ts";
import type { Tx } from "../kernel/db.ts";
import { withdrawalErrors } from "./errors.ts";

export type Withdrawal = typeof withdrawals.$inferSelect;

/** A withdrawal with the lines it takes back. `lock` keeps it until the transaction ends. Throws `withdrawals.not_found`. */
export async function findWithdrawal(tx: Tx, id: string, options: { lock?: boolean } = {}) {
  const query = tx.select().from(withdrawals).where(eq(withdrawals.id, id));
  const [withdrawal] = await (options.lock ? query.for("update") : query);
  if (!withdrawal) throw withdrawalErrors.notFound();
  const lines = await tx.select().from(withdrawalLines).where(eq(withdrawalLines.withdrawalId, id));
  return { withdrawal, lines, lineIds: lines.map((line) => line.orderLineId) };
}
