import { and, eq, sql } from "drizzle-orm";
import { orders } from "../../drizzle/schema/orders.ts";
import { withdrawals } from "../../drizzle/schema/withdrawals.ts";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import { keyset, prefixRange } from "../kernel/page.ts";
import { withinDays } from "../kernel/shop-days.ts";
import type { withdrawalListInput } from "./input.ts";

/** All withdrawals for staff, a page at a time, newest first unless asked otherwise. Amounts in minor units. */
export async function listWithdrawals(tx: Tx, input: Asked<typeof withdrawalListInput>) {
  const { receivedAt, id } = withdrawals;
  const place = keyset(input, { by: receivedAt, id, type: "timestamptz", direction: input.direction ?? "desc" });
  const matching = and(
    input.status && eq(withdrawals.status, input.status),
    input.q ? sql`${withdrawals.id} in (${foundBy(input.q)})` : undefined,
    withinDays(receivedAt, input),
  );
  const rows = await tx
    .select({
      id: withdrawals.id,
      orderId: withdrawals.orderId,
      orderNumber: orders.number,
      email: orders.email,
      status: withdrawals.status,
      reviewReason: withdrawals.reviewReason,
      refusal: withdrawals.refusal,
      refundAmount: withdrawals.refundAmount,
      currency: withdrawals.currency,
      receivedAt: withdrawals.receivedAt,
      refundDueAt: withdrawals.refundDueAt,
      completedAt: withdrawals.completedAt,
      cursorAt: place.cursorAt,
    })
    .from(withdrawals)
    .innerJoin(orders, eq(orders.id, withdrawals.orderId))
    .where(and(matching, place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const total = input.counted ? await countUpTo(tx, sql`from ${withdrawals} where ${matching ?? sql`true`}`) : null;
  return { ...place.page(rows), total };
}

/** The ids that an order's number, the beginning of an address, or a pasted id stand for. */
function foundBy(q: string) {
  const { from, to } = prefixRange(q.toLowerCase());
  return sql`
    select id from withdrawals where id = ${q}
    union all select w.id from withdrawals w join orders o on o.id = w.order_id where o.number = ${q.toUpperCase()}
    union all select w.id from customers c join withdrawals w on w.customer_id = c.id
      where c.email_normalized ~>=~ ${from} and c.email_normalized ~<~ ${to}`;
}
