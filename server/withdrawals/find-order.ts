import { eq } from "drizzle-orm";
import { orders } from "../../drizzle/schema/orders.ts";
import { customerOf } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { hashToken } from "../kernel/id.ts";
import { withdrawalErrors } from "./errors.ts";

/** An order by the bearer token of its link, or by its id among the caller's own. */
export type OrderHandle = { readonly ref: string } | { readonly orderId: string };

/** Throws `withdrawals.no_order` for what the caller holds no key to, staff included: they use the order's own page. */
export async function findOrderId(tx: Tx, handle: OrderHandle): Promise<string> {
  const [row] = await tx
    .select({ id: orders.id, customerId: orders.customerId })
    .from(orders)
    .where("ref" in handle ? eq(orders.accessTokenHash, hashToken(handle.ref)) : eq(orders.id, handle.orderId));
  const own = row !== undefined && ("ref" in handle || row.customerId === customerOf(tx.scope.actor));
  if (!row || !own) throw withdrawalErrors.noOrder();
  return row.id;
}
