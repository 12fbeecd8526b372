import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { currentRequestId } from "../kernel/log.ts";
import { send } from "../kernel/send.ts";
import { statement } from "../kernel/statement.ts";

type Movement = { readonly paymentId: string; readonly movement: string };

/**
 * Writes a movement of money into the audit log: which payment, what happened, how much. Follows the payment's own events,
 * so it tells what the provider holds, whoever moved it. Idempotent by the fact: to the same sum again is another one once a refund
 * failed or a dispute was won in between. However late it comes, each time that a payment was disputed, won or paid has its entry:
 * what is missing of those before is written with it. One statement.
 */
export async function recordMoney(ctx: Ctx, fact: Movement): Promise<void> {
  const together = { of: "record-money", about: [fact.paymentId] };
  await ctx.db.transaction((tx) => write(tx, fact, ctx.requestId), { alone: true, together });
}

/** The same in the transaction in which it happened, which must be the system's. */
export function noteMoney(tx: Tx, fact: Movement): void {
  const requestId = currentRequestId() ?? "";
  send(tx, { execute: () => write(tx, fact, requestId) });
}

function write(tx: Tx, { paymentId, movement }: Movement, requestId: string) {
  const values = [newId("aud"), `payments.${movement}`, `payment:${paymentId}:${movement}:`, requestId, paymentId];
  const entry = "insert into audit_entries (id, actor, action, subject, detail, fact_key, request_id, at)";
  if (movement.includes("refund"))
    return statement(
      tx,
      `${entry}
       select $1, 'system:payments', $2, id, refunded_amount || ' ' || currency,
         $3::text || refunded_amount || case when refunds_returned > 0 then ':' || refunds_returned else '' end, $4, now()
       from payments where id = $5
       on conflict (fact_key) do nothing`,
      values,
    );
  // By how often it has happened when this is written, an older one that was late would be taken for the newest.
  return statement(
    tx,
    `${entry}
     select $1 || case when nth > 1 then '-' || nth else '' end, 'system:payments', $2, id, amount || ' ' || currency,
       $3::text || amount || case when nth > 1 then ':' || nth else '' end, $4, now()
     from payments, lateral (select greatest(1, count(*)) as times from payment_transitions t where t.subject_id = payments.id and t.event = $6) told,
       generate_series(1, told.times) as nth
     where id = $5
     on conflict (fact_key) do nothing`,
    [...values, movement],
  );
}
