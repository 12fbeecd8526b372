import { and, eq, sql } from "drizzle-orm";
import { customers } from "../../drizzle/schema/identity.ts";
import { orders } from "../../drizzle/schema/orders.ts";
import { payments } from "../../drizzle/schema/payments.ts";
import { refunds } from "../../drizzle/schema/refunds.ts";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import { withWho } from "../kernel/names.ts";
import { keyset, prefixRange } from "../kernel/page.ts";
import { withinDays } from "../kernel/shop-days.ts";
import type { refundListInput } from "./input.ts";

/** All refunds for staff, a page at a time, newest first unless asked otherwise. Amounts in minor units. */
export async function listRefunds(tx: Tx, input: Asked<typeof refundListInput>) {
  const { createdAt, id } = refunds;
  const place = keyset(input, { by: createdAt, id, type: "timestamptz", direction: input.direction ?? "desc" });
  const matching = and(
    input.status && eq(refunds.status, input.status),
    input.q ? sql`${refunds.id} in (${foundBy(input.q)})` : undefined,
    withinDays(createdAt, input),
  );
  const rows = await tx
    .select({
      id: refunds.id,
      orderId: refunds.orderId,
      orderNumber: orders.number,
      email: customers.email,
      withdrawalId: refunds.withdrawalId,
      status: refunds.status,
      amount: refunds.amount,
      currency: refunds.currency,
      reason: refunds.reason,
      requestedBy: refunds.requestedBy,
      externalId: refunds.externalId,
      failureCode: refunds.failureCode,
      createdAt: refunds.createdAt,
      completedAt: refunds.completedAt,
      cursorAt: place.cursorAt,
    })
    .from(refunds)
    .innerJoin(payments, eq(payments.id, refunds.paymentId))
    .innerJoin(customers, eq(customers.id, payments.customerId))
    .leftJoin(orders, eq(orders.id, refunds.orderId))
    .where(and(matching, place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const total = input.counted ? await countUpTo(tx, sql`from ${refunds} where ${matching ?? sql`true`}`) : null;
  const page = place.page(rows);
  return { ...page, items: await withWho(tx, page.items, ({ requestedBy }) => requestedBy), total };
}

/** The ids that an order's number, the beginning of an address, or a pasted id of a refund or payment stand for. */
function foundBy(q: string) {
  const { from, to } = prefixRange(q.toLowerCase());
  return sql`
    select id from refunds where id = ${q} or external_id = ${q}
    union all select r.id from refunds r join orders o on o.id = r.order_id where o.number = ${q.toUpperCase()}
    union all select r.id from refunds r join payments p on p.id = r.payment_id where p.provider = 'stripe' and p.external_id = ${q}
    union all select r.id from customers c join payments p on p.customer_id = c.id join refunds r on r.payment_id = p.id
      where c.email_normalized ~>=~ ${from} and c.email_normalized ~<~ ${to}`;
}
