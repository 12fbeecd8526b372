import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { z } from "zod";
import { fulfilments } from "../../drizzle/schema/fulfilment.ts";
import { orderLines, orders } from "../../drizzle/schema/orders.ts";
import type { Tx } from "../kernel/db.ts";
import { pageOf, readCursor } from "../kernel/page.ts";
import type { fulfilmentListInput } from "./input.ts";

/** Goods that were paid for, those that have waited longest first, with what is to be sent where. */
export async function listFulfilments(tx: Tx, input: z.output<typeof fulfilmentListInput>) {
  const after = readCursor(input.cursor);
  const rows = await tx
    .select({
      id: fulfilments.id,
      status: fulfilments.status,
      createdAt: fulfilments.createdAt,
      orderId: orders.id,
      orderNumber: orders.number,
      email: orders.email,
      shippingAddress: orders.shippingAddress,
      cursorAt: sql<string>`${fulfilments.createdAt}::text`,
    })
    .from(fulfilments)
    .innerJoin(orders, eq(orders.id, fulfilments.orderId))
    .where(
      and(
        input.status && eq(fulfilments.status, input.status),
        after
          ? sql`(${fulfilments.createdAt}, ${fulfilments.id}) > (${after.at}::timestamptz, ${after.id})`
          : undefined,
      ),
    )
    .orderBy(asc(fulfilments.createdAt), asc(fulfilments.id))
    .limit(input.limit + 1);
  const page = pageOf(rows, input.limit);
  const ids = page.items.map((row) => row.orderId);
  const lines =
    ids.length === 0
      ? []
      : await tx
          .select({ orderId: orderLines.orderId, name: orderLines.name, quantity: orderLines.quantity })
          .from(orderLines)
          .where(inArray(orderLines.orderId, ids))
          .orderBy(asc(orderLines.position));
  const items = page.items.map((row) => ({ ...row, lines: lines.filter((line) => line.orderId === row.orderId) }));
  return { items, nextCursor: page.nextCursor };
}
