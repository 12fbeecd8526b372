import { and, eq, isNotNull, or, sql } from "drizzle-orm";
import { checkouts } from "../../drizzle/schema/checkout.ts";
import { creditSettings } from "../../drizzle/schema/credit-settings.ts";
import { customers } from "../../drizzle/schema/identity.ts";
import { orders } from "../../drizzle/schema/orders.ts";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import { keyset, prefixRange } from "../kernel/page.ts";
import { withinDays } from "../kernel/shop-days.ts";
import type { topUpListInput } from "./input.ts";

/**
 * Every purchase of credits that was charged by itself, or was to be, for staff: a page at a time, newest first unless asked
 * otherwise. With what came of it, why it failed, and why its owner's top-ups stand still, where they do.
 */
export async function listTopUps(tx: Tx, input: Asked<typeof topUpListInput>) {
  const { createdAt, id } = checkouts;
  const place = keyset(input, { by: createdAt, id, type: "timestamptz", direction: input.direction ?? "desc" });
  const { from, to } = prefixRange((input.q ?? "").toLowerCase());
  const matching = and(
    isNotNull(checkouts.topUpCard),
    input.status && eq(checkouts.status, input.status),
    input.q
      ? or(
          eq(checkouts.customerId, input.q),
          eq(checkouts.paymentExternalId, input.q),
          sql`${checkouts.customerId} in (select id from customers where email_normalized ~>=~ ${from} and email_normalized ~<~ ${to})`,
        )
      : undefined,
    withinDays(createdAt, input),
  );
  const rows = await tx
    .select({
      id: checkouts.id,
      customerId: checkouts.customerId,
      email: customers.email,
      status: checkouts.status,
      failureCode: checkouts.failureCode,
      totalAmount: checkouts.totalAmount,
      currency: checkouts.currency,
      lines: checkouts.lines,
      paymentExternalId: checkouts.paymentExternalId,
      orderId: orders.id,
      orderNumber: orders.number,
      stopped: creditSettings.stoppedReason,
      createdAt: checkouts.createdAt,
      cursorAt: place.cursorAt,
    })
    .from(checkouts)
    .innerJoin(customers, eq(customers.id, checkouts.customerId))
    .leftJoin(orders, eq(orders.checkoutId, checkouts.id))
    .leftJoin(creditSettings, eq(creditSettings.customerId, checkouts.customerId))
    .where(and(matching, place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const total = input.counted ? await countUpTo(tx, sql`from ${checkouts} where ${matching ?? sql`true`}`) : null;
  const items = rows.map(({ lines, ...row }) => ({
    ...row,
    credits: lines.reduce((sum, line) => sum + (line.credits?.perUnit ?? 0) * line.quantity, 0),
  }));
  return { ...place.page(items), total };
}
