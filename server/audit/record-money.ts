import { sql } from "drizzle-orm";
import type { Ctx } from "../kernel/ctx.ts";
import { newId } from "../kernel/id.ts";

/**
 * Writes a movement of money into the audit log: which payment, what happened, how much. Follows the payment's own events,
 * so it tells what the provider holds, whoever moved it. Idempotent by the fact. One statement.
 */
export async function recordMoney(ctx: Ctx, fact: { paymentId: string; movement: string }): Promise<void> {
  const { paymentId, movement } = fact;
  const amount = sql.raw(movement.includes("refund") ? "refunded_amount" : "amount");
  await ctx.db.transaction(
    (tx) =>
      tx.execute(sql`
        insert into audit_entries (id, actor, action, subject, detail, fact_key, request_id, at)
        select ${newId("aud")}, 'system:payments', ${`payments.${movement}`}, id, ${amount} || ' ' || currency,
          ${`payment:${paymentId}:${movement}:`}::text || ${amount}, ${ctx.requestId}, now()
        from payments where id = ${paymentId}
        on conflict (fact_key) do nothing`),
    { alone: true, together: { of: "record-money", about: [paymentId] } },
  );
}
