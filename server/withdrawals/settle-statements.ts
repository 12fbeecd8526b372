import { eq } from "drizzle-orm";
import { orders } from "../../drizzle/schema/orders.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { transition } from "../kernel/machine.ts";
import { findStatement, openStatements } from "./find-statement.ts";
import { withdrawalOptionsAt } from "./queries.ts";
import { statementMachine } from "./statement-status.ts";

/** What can still be made of a statement: something is left to take back, all of it was taken back, or it came too late. */
export type StatementStanding = "open" | "taken" | "too_late";

/** Where the order of a statement stands, measured at the instant the statement was received. */
export async function statementStanding(tx: Tx, orderId: string, receivedAt: Date): Promise<StatementStanding> {
  const { lines } = await withdrawalOptionsAt(tx, orderId, receivedAt);
  if (lines.some((line) => line.open)) return "open";
  return lines.every((line) => line.taken) ? "taken" : "too_late";
}

/**
 * Closes the statements about an order that nothing is left to do for: all of it was taken back already, or the period was over when they
 * were received. One that came too late and was not acknowledged stays for staff, who write. Idempotent, locks the order: whoever finds
 * a statement's order and whoever takes lines back both come by here afterwards, so that the later of two sees what the other did.
 * Worker only.
 */
export async function settleStatements(tx: Tx, orderId: string): Promise<void> {
  await tx.select({ id: orders.id }).from(orders).where(eq(orders.id, orderId)).for("no key update");
  for (const { id, receivedAt, mayMail } of await openStatements(tx, orderId, { lock: true })) {
    const standing = await statementStanding(tx, orderId, receivedAt);
    if (standing === "open" || (standing === "too_late" && !mayMail)) continue;
    const completed = { completed_at: tx.scope.now.toISOString() };
    if (standing === "taken") {
      await transition(tx, statementMachine, { id, event: "overtaken", alongside: completed });
    } else {
      const alongside = { ...completed, dismissal: "too_late" };
      await transition(tx, statementMachine, { id, event: "dismissed", reason: "too_late", alongside });
    }
  }
}

/** The same for the order that a statement turned out to be about. Worker only. Throws `withdrawals.no_statement`. */
export async function settleStatement(ctx: Ctx, { statementId }: { statementId: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { orderId } = await findStatement(tx, statementId);
    if (orderId !== null) await settleStatements(tx, orderId);
  });
}
