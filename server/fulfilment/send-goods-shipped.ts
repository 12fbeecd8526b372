import { and, asc, eq } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import { fulfilments } from "../../drizzle/schema/fulfilment.ts";
import { customers } from "../../drizzle/schema/identity.ts";
import { orderLines, orders } from "../../drizzle/schema/orders.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { type MailPorts, mailAtOnce, wayOf } from "../messaging/index.ts";

/**
 * Sends the mail that says that an order's goods have left: what, where to, and how to follow them. Once per order, and
 * only while they have left. Idempotent.
 */
export async function sendGoodsShipped(ctx: Ctx<MailPorts>, { fulfilmentId }: { fulfilmentId: string }): Promise<void> {
  const facts = await ctx.db.transaction((tx) => shippedFacts(tx, fulfilmentId), { readOnly: true });
  if (facts?.goods.status !== "shipped") return;
  const { goods, order, customer, lines } = facts;
  const of = { userId: customer.userId, checkoutId: order.checkoutId };
  const way = wayOf(ctx.providers.links, of, `/account/orders/${order.id}`);
  const mail = await ctx.providers.templates.render("goods-shipped", order.locale, {
    number: order.number,
    lines,
    shippingAddress: order.shippingAddress,
    carrier: goods.carrier,
    trackingNumber: goods.trackingNumber,
    trackingUrl: goods.trackingUrl,
    orderUrl: way.url,
  });
  await mailAtOnce(ctx, {
    mail,
    dedupeKey: `goods-shipped:${fulfilmentId}`,
    to: order.email,
    customerId: customer.id,
    userId: customer.userId,
    link: way.link,
    cause: "an order's goods have left",
  });
}

async function shippedFacts(tx: Tx, fulfilmentId: string) {
  const [row] = await tx
    .select({ goods: fulfilments, order: orders, customer: customers })
    .from(fulfilments)
    .innerJoin(orders, eq(orders.id, fulfilments.orderId))
    .innerJoin(customers, eq(customers.id, orders.customerId))
    .where(eq(fulfilments.id, fulfilmentId));
  if (!row) return null;
  const lines = await tx
    .select({ name: orderLines.name, quantity: orderLines.quantity })
    .from(orderLines)
    .innerJoin(products, eq(products.id, orderLines.productId))
    .where(and(eq(orderLines.orderId, row.order.id), eq(products.kind, "merchandise")))
    .orderBy(asc(orderLines.position));
  return { ...row, lines };
}
