import { eq } from "drizzle-orm";
import { orders } from "../../drizzle/schema/orders.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { transition } from "../kernel/machine.ts";
import { withdrawalErrors } from "./errors.ts";
import { findStatement } from "./find-statement.ts";
import { statementMachine } from "./statement-status.ts";
import { takeBack } from "./submit-withdrawal.ts";

type Act = { readonly id: string; readonly reason: string };

/**
 * Staff carry a statement out for a buyer they have spoken with: the lines are taken back as of the instant it was received, and all
 * that follows is as if the buyer had confirmed it. Audited. Pressed twice it is one withdrawal, whose id is returned. Throws
 * `withdrawals.no_statement`, `withdrawals.statement_closed`, and like `submitWithdrawal`.
 */
export function carryOutStatement(
  ctx: Ctx,
  { id, reason, lineIds }: Act & { readonly lineIds: readonly string[] },
): Promise<{ id: string }> {
  return takeBack(ctx, ctx.actor, async (tx, take) => {
    const statement = await findStatement(tx, id, { lock: true });
    if (statement.withdrawalId !== null) return { id: statement.withdrawalId };
    if (statement.status !== "unconfirmed" || statement.orderId === null) throw withdrawalErrors.statementClosed();
    const withdrawal = await take(statement.orderId, { lineIds, formKey: id, byStaff: true });
    await recordAct(tx, { action: "withdrawals.carry_out_statement", subject: id, reason });
    return withdrawal;
  });
}

/**
 * Staff say which order a statement means that none was found for. Its buyer, at the order's own address, is then mailed the link that carries
 * it out. Audited; pressed twice the second is refused. Throws `withdrawals.no_statement`, `withdrawals.no_such_number`
 * and `withdrawals.statement_closed`.
 */
export async function attachStatement(ctx: Ctx, { id, reason, number }: Act & { readonly number: string }) {
  await ctx.db.transaction(async (tx) => {
    const statement = await findStatement(tx, id, { lock: true });
    if (statement.status !== "unmatched") throw withdrawalErrors.statementClosed();
    const [order] = await tx.select({ id: orders.id }).from(orders).where(eq(orders.number, number));
    if (!order) throw withdrawalErrors.noSuchNumber({ field: "number" });
    // Also where too many mails went to the address that was typed: this one staff have asked for.
    const alongside = { order_id: order.id, may_mail: true };
    await transition(tx, statementMachine, { id, event: "matched", reason, alongside });
    await recordAct(tx, { action: "withdrawals.attach_statement", subject: id, reason });
  });
}

/**
 * Staff close a statement without a withdrawal, with the reason that is mailed to whoever made it. Audited; pressed twice the second is
 * refused. Throws `withdrawals.no_statement`, `withdrawals.statement_closed`.
 */
export async function dismissStatement(ctx: Ctx, { id, reason }: Act): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { status } = await findStatement(tx, id, { lock: true });
    if (status !== "unconfirmed" && status !== "unmatched") throw withdrawalErrors.statementClosed();
    const alongside = { dismissal: reason, completed_at: tx.scope.now.toISOString() };
    await transition(tx, statementMachine, { id, event: "dismissed", reason, alongside });
    await recordAct(tx, { action: "withdrawals.dismiss_statement", subject: id, reason });
  });
}
