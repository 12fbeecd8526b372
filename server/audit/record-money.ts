import { sql } from "drizzle-orm";
import type { Ctx } from "../kernel/ctx.ts";
import { newId } from "../kernel/id.ts";

type Row = { amount: string; refunded_amount: string; currency: string };

/**
 * Writes a movement of money into the audit log: which payment, what happened, how much. Follows the payment's own events,
 * so it tells what the provider holds, whoever moved it. Idempotent by the fact.
 */
export async function recordMoney(ctx: Ctx, fact: { paymentId: string; movement: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [payment] = await tx.execute<Row>(
      sql`select amount, refunded_amount, currency from payments where id = ${fact.paymentId}`,
    );
    if (!payment) return;
    const refund = fact.movement.includes("refund");
    const amount = refund ? payment.refunded_amount : payment.amount;
    const key = `payment:${fact.paymentId}:${fact.movement}:${amount}`;
    await tx.execute(sql`
      insert into audit_entries (id, actor, action, subject, detail, fact_key, request_id, at)
      values (${newId("aud")}, 'system:payments', ${`payments.${fact.movement}`}, ${fact.paymentId},
        ${`${amount} ${payment.currency}`}, ${key}, ${ctx.requestId}, now())
      on conflict (fact_key) do nothing`);
  });
}
