import { asc, eq } from "drizzle-orm";
import { checkouts, type FrozenCredits } from "../../drizzle/schema/checkout.ts";
import { orderLines, orders } from "../../drizzle/schema/orders.ts";
import type { Tx } from "../kernel/db.ts";
import { invariant } from "../kernel/invariant.ts";
import type { CreditLine } from "./refunded-credits.ts";

/** What an order bought of credits, line by line, as it was frozen when it was paid for; none where it bought none. */
export async function boughtCredits(tx: Tx, orderId: string) {
  const [found] = await tx
    .select({ order: orders, frozen: checkouts.lines })
    .from(orders)
    .innerJoin(checkouts, eq(checkouts.id, orders.checkoutId))
    .where(eq(orders.id, orderId));
  invariant(found, `order ${orderId} is gone`);
  const ordered = await tx
    .select()
    .from(orderLines)
    .where(eq(orderLines.orderId, orderId))
    .orderBy(asc(orderLines.position));
  const lines = ordered.flatMap((line): CreditLine[] => {
    const credits: FrozenCredits | undefined = found.frozen[line.position]?.credits;
    const { id, quantity, totalAmount } = line;
    return credits ? [{ id, totalAmount, credits: credits.perUnit * quantity }] : [];
  });
  return { order: found.order, lines };
}
