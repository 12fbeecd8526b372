import { asc, eq, inArray } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import { checkouts } from "../../drizzle/schema/checkout.ts";
import { customers } from "../../drizzle/schema/identity.ts";
import { orderLines, orders } from "../../drizzle/schema/orders.ts";
import { payments } from "../../drizzle/schema/payments.ts";
import type { Tx } from "../kernel/db.ts";
import { orderErrors } from "./errors.ts";
import { trialOfOrder } from "./order-trial.ts";

/** What a receipt is made of. Throws `orders.not_found`. */
export async function confirmationFacts(tx: Tx, orderId: string) {
  const [found] = await tx
    .select({ order: orders, userId: customers.userId, startConsentAt: checkouts.startConsentAt })
    .from(orders)
    .innerJoin(customers, eq(customers.id, orders.customerId))
    .innerJoin(checkouts, eq(checkouts.id, orders.checkoutId))
    .where(eq(orders.id, orderId));
  if (!found) throw orderErrors.notFound();
  const lines = await tx
    .select()
    .from(orderLines)
    .where(eq(orderLines.orderId, orderId))
    .orderBy(asc(orderLines.position));
  const [payment] = await tx
    .select()
    .from(payments)
    .where(eq(payments.orderId, orderId))
    .orderBy(asc(payments.createdAt));
  const bought = await tx
    .select({ kind: products.kind })
    .from(products)
    .where(
      inArray(
        products.id,
        lines.map((line) => line.productId),
      ),
    );
  const kinds = new Set(bought.map((product) => product.kind));
  return { ...found, lines, payment: payment ?? null, kinds, trial: await trialOfOrder(tx, orderId) };
}
