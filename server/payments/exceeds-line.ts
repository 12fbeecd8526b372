import { and, eq, inArray, ne, sql } from "drizzle-orm";
import { refunds } from "../../drizzle/schema/refunds.ts";
import type { Tx } from "../kernel/db.ts";
import type { RefundStatus } from "./refund-status.ts";

/**
 * Whether a refund, with the others of its order that count, would pay back more for a line than was paid for it: what it
 * cost, or for a membership (bought alone, whatever it has become since) all of its paid bills but the fee, which is a line of its own. The caller holds the order's refunds, so that of two one is seen by the other.
 */
export async function exceedsLine(
  tx: Tx,
  refund: typeof refunds.$inferSelect,
  counted: readonly RefundStatus[],
): Promise<boolean> {
  if (refund.orderId === null || refund.lines.length === 0) return false;
  const others = await tx
    .select({ lines: refunds.lines })
    .from(refunds)
    .where(and(eq(refunds.orderId, refund.orderId), ne(refunds.id, refund.id), inArray(refunds.status, [...counted])));
  const paid = await tx.execute<{ id: string; paid: string }>(sql`
    select l.id, case when l.part = 'setup_fee' then l.total_amount else greatest(l.total_amount,
      coalesce((select sum(i.amount_paid) from subscriptions s join invoices i on i.subscription_id = s.id
        where s.order_id = l.order_id and i.status = 'paid'), 0)
      - coalesce((select sum(f.total_amount) from order_lines f
        where f.order_id = l.order_id and f.part = 'setup_fee'), 0)) end as paid
    from order_lines l where l.order_id = ${refund.orderId}`);
  const paidBack = others.flatMap((other) => other.lines);
  return refund.lines.some(({ orderLineId, amount }) => {
    const total = Number(paid.find((line) => line.id === orderLineId)?.paid ?? 0);
    const before = paidBack.filter((line) => line.orderLineId === orderLineId);
    return before.reduce((sum, line) => sum + line.amount, amount) > total;
  });
}
