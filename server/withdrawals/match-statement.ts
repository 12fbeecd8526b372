import { eq } from "drizzle-orm";
import { orders } from "../../drizzle/schema/orders.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { normalizeEmail } from "../kernel/email-address.ts";
import { transition } from "../kernel/machine.ts";
import { findStatement, type Statement } from "./find-statement.ts";
import { statementMachine } from "./statement-status.ts";

/**
 * Looks for the order that a statement names: the number and the address it was bought with. Idempotent, locks the statement.
 * Worker only. Throws `withdrawals.no_statement`.
 */
export async function matchStatement(ctx: Ctx, { statementId: id }: { statementId: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const statement = await findStatement(tx, id, { lock: true });
    if (statement.status !== "received") return;
    const orderId = await orderOf(tx, statement);
    if (orderId === null) return transition(tx, statementMachine, { id, event: "not_found" });
    await transition(tx, statementMachine, { id, event: "matched", alongside: { order_id: orderId } });
  });
}

async function orderOf(tx: Tx, { orderNumber, emailNormalized }: Statement): Promise<string | null> {
  const [order] = await tx
    .select({ id: orders.id, email: orders.email })
    .from(orders)
    .where(eq(orders.number, orderNumber));
  return order && normalizeEmail(order.email) === emailNormalized ? order.id : null;
}
