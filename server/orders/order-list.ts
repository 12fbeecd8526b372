import { and, eq, exists, not, type SQL, sql } from "drizzle-orm";
import { fulfilments } from "../../drizzle/schema/fulfilment.ts";
import { orders } from "../../drizzle/schema/orders.ts";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import { keyset, type Page, prefixRange, type Total } from "../kernel/page.ts";
import { withinDays } from "../kernel/shop-days.ts";
import type { orderListInput } from "./input.ts";
import { taxPerRate } from "./order-amounts.ts";
import { type OrderParts, withParts } from "./order-rows.ts";

type Input = Asked<typeof orderListInput>;

const SORTS = {
  placed: { by: orders.placedAt, id: orders.id, type: "timestamptz" },
  total: { by: orders.totalAmount, id: orders.id, type: "bigint" },
} as const;

export type OrderRow = ReturnType<typeof rowOf>;

/** All orders for staff, a page at a time, newest or dearest first, with what stands in the row. */
export async function listOrders(tx: Tx, input: Input): Promise<Page<OrderRow> & { total: Total | null }> {
  const place = keyset(input, { ...SORTS[input.sort ?? "placed"], direction: input.direction ?? "desc" });
  const matching = matches(tx, input);
  const rows = await tx
    .select({ order: orders, cursorAt: place.cursorAt })
    .from(orders)
    .where(and(matching, place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const page = place.page(rows.map(({ order, cursorAt }) => ({ ...order, cursorAt })));
  const total = input.counted ? await countUpTo(tx, sql`from ${orders} where ${matching ?? sql`true`}`) : null;
  return { ...page, items: (await withParts(tx, page.items)).map(rowOf), total };
}

function rowOf(parts: OrderParts) {
  const { id, number, email, status, placedAt, paidAt, currency, totalAmount, taxAmount, customerId } = parts.order;
  return {
    ...{ id, number, email, status, placedAt, paidAt, currency, totalAmount, taxAmount, customerId },
    taxes: taxPerRate(parts.lines),
    refundedAmount: parts.payments.reduce((sum, payment) => sum + payment.refundedAmount, 0),
    paymentStatus: parts.payments.at(-1)?.status ?? null,
    fulfilmentStatus: parts.fulfilment?.status ?? null,
    labels: parts.labels,
    what: parts.lines.map((line) => ({ name: line.name, quantity: line.quantity })),
  };
}

function matches(tx: Tx, input: Input): SQL | undefined {
  return and(
    input.q ? sql`${orders.id} in (${ordersFoundBy(input.q)})` : undefined,
    input.status === undefined ? undefined : eq(orders.status, input.status),
    input.goods === undefined ? undefined : goodsAre(tx, input.goods),
    withinDays(orders.placedAt, input),
  );
}

/**
 * The ids that a person's words or a pasted id stand for, each branch answered by an index. Ranges instead of `like`:
 * row-level security keeps a pattern from an index, since a pattern might leak what it looks at.
 */
export function ordersFoundBy(q: string): SQL {
  const number = prefixRange(q.toUpperCase());
  const typed = prefixRange(q);
  const folded = prefixRange(q.toLowerCase());
  return sql`
    select id from orders where id = ${q}
    union all select id from orders where number ~>=~ ${number.from} and number ~<~ ${number.to}
    union all select id from orders where email ~>=~ ${typed.from} and email ~<~ ${typed.to}
    union all select o.id from orders o join customers c on c.id = o.customer_id
      where c.email_normalized ~>=~ ${folded.from} and c.email_normalized ~<~ ${folded.to}
    union all select order_id from payments where external_id = ${q}
    union all select p.order_id from payments p join payment_attempts a on a.payment_id = p.id where a.external_id = ${q}
    union all select o.id from orders o join checkouts c on c.id = o.checkout_id where c.stripe_session_id = ${q} or c.id = ${q}`;
}

function goodsAre(tx: Tx, goods: NonNullable<Input["goods"]>): SQL {
  const of = (condition?: SQL) =>
    exists(
      tx
        .select({ one: sql`1` })
        .from(fulfilments)
        .where(and(eq(fulfilments.orderId, orders.id), condition)),
    );
  if (goods === "none") return not(of());
  const waits = eq(fulfilments.status, "not_started");
  return of(goods === "awaiting" ? waits : not(waits));
}
