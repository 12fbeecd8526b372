import { and, desc, eq, exists, ilike, inArray, like, not, or, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { products } from "../../drizzle/schema/catalog.ts";
import { checkouts } from "../../drizzle/schema/checkout.ts";
import { fulfilments } from "../../drizzle/schema/fulfilment.ts";
import { customers } from "../../drizzle/schema/identity.ts";
import { orders } from "../../drizzle/schema/orders.ts";
import { campaigns, priceReceipts } from "../../drizzle/schema/pricing.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { hashToken } from "../kernel/id.ts";
import { type Page, pageOf, readCursor } from "../kernel/page.ts";
import { type BuyerOrder, buyerOrder } from "./buyer-view.ts";
import { orderErrors } from "./errors.ts";
import type { myOrdersInput, orderListInput } from "./input.ts";
import { findOrder, type Order, withParts } from "./order-rows.ts";
import { orderTimeline } from "./order-timeline.ts";

type PageInput = z.output<typeof myOrdersInput>;

async function newestFirst(tx: Tx, input: PageInput, condition: SQL | undefined): Promise<Page<Order>> {
  const after = readCursor(input.cursor);
  const rows = await tx
    .select({ order: orders, cursorAt: sql<string>`${orders.placedAt}::text` })
    .from(orders)
    .where(
      and(
        condition,
        after ? sql`(${orders.placedAt}, ${orders.id}) < (${after.at}::timestamptz, ${after.id})` : undefined,
      ),
    )
    .orderBy(desc(orders.placedAt), desc(orders.id))
    .limit(input.limit + 1);
  return pageOf(
    rows.map(({ order, cursorAt }) => ({ ...order, cursorAt })),
    input.limit,
  );
}

/** A customer's own orders, newest first. */
export async function listMyOrders(tx: Tx, customerId: string, input: PageInput): Promise<Page<BuyerOrder>> {
  const page = await newestFirst(tx, input, eq(orders.customerId, customerId));
  const parts = await withParts(tx, page.items);
  return { items: parts.map(buyerOrder), nextCursor: page.nextCursor };
}

/** One of a customer's own orders. Throws `orders.not_found` for anybody else's. */
export async function getMyOrder(tx: Tx, customerId: string, id: string): Promise<BuyerOrder> {
  const order = await findOrder(tx, id);
  const [parts] = order?.customerId === customerId ? await withParts(tx, [order]) : [];
  if (!parts) throw orderErrors.notFound();
  return buyerOrder(parts);
}

/** The order whose bearer token this is: how a guest sees theirs. Throws `orders.not_found`. */
export async function getOrderByRef(tx: Tx, ref: string): Promise<BuyerOrder> {
  const found = await tx
    .select()
    .from(orders)
    .where(eq(orders.accessTokenHash, hashToken(ref)));
  const [parts] = await withParts(tx, found);
  if (!parts) throw orderErrors.notFound();
  return buyerOrder(parts);
}

/** All orders for staff, newest first, with what stands in the row. */
export async function listOrders(tx: Tx, input: z.output<typeof orderListInput>) {
  const q = input.q ? `${input.q.replaceAll(/[\\%_]/g, "\\$&")}%` : null;
  const condition = and(
    q === null ? undefined : or(ilike(orders.number, q), ilike(orders.email, q), like(orders.id, q)),
    input.status === undefined ? undefined : eq(orders.status, input.status),
    input.goods === undefined ? undefined : goodsAre(tx, input.goods),
  );
  const page = await newestFirst(tx, input, condition);
  const items = (await withParts(tx, page.items)).map((parts) => {
    const payment = parts.payments.at(-1) ?? null;
    const { id, number, email, status, placedAt, paidAt, currency, totalAmount, customerId } = parts.order;
    return {
      ...{ id, number, email, status, placedAt, paidAt, currency, totalAmount, customerId },
      paymentStatus: payment?.status ?? null,
      fulfilmentStatus: parts.fulfilment?.status ?? null,
      labels: parts.labels,
      what: parts.lines.map((line) => ({ name: line.name, quantity: line.quantity })),
    };
  });
  return { items, nextCursor: page.nextCursor };
}

function goodsAre(tx: Tx, goods: NonNullable<z.output<typeof orderListInput>["goods"]>): SQL {
  const of = (condition?: SQL) =>
    exists(
      tx
        .select({ one: sql`1` })
        .from(fulfilments)
        .where(and(eq(fulfilments.orderId, orders.id), condition)),
    );
  if (goods === "none") return not(of());
  return of(goods === "awaiting" ? eq(fulfilments.status, "not_started") : not(eq(fulfilments.status, "not_started")));
}

/** One order with everything staff need to answer for it. Throws `orders.not_found`. */
export async function getOrder(tx: Tx, id: string) {
  const order = await findOrder(tx, id);
  const [parts] = order ? await withParts(tx, [order]) : [];
  if (!parts) throw orderErrors.notFound();
  const { accessTokenHash: _token, ...facts } = parts.order;
  const receiptIds = parts.lines.map((line) => line.priceReceiptId);
  const receipts = await tx
    .select({ receipt: priceReceipts, campaignName: campaigns.name })
    .from(priceReceipts)
    .leftJoin(campaigns, eq(campaigns.id, priceReceipts.campaignId))
    .where(inArray(priceReceipts.id, receiptIds));
  const [customer] = await tx.select().from(customers).where(eq(customers.id, facts.customerId));
  const [checkout] = await tx
    .select({
      id: checkouts.id,
      status: checkouts.status,
      mode: checkouts.mode,
      stripeSessionId: checkouts.stripeSessionId,
      startConsentAt: checkouts.startConsentAt,
      attempt: checkouts.attempt,
    })
    .from(checkouts)
    .where(eq(checkouts.id, facts.checkoutId));
  const memberships = await tx
    .select({ id: subscriptions.id, productName: products.name, status: subscriptions.status })
    .from(subscriptions)
    .innerJoin(products, eq(products.id, subscriptions.productId))
    .where(eq(subscriptions.orderId, id));
  return {
    ...facts,
    labels: parts.labels,
    lines: parts.lines,
    payments: parts.payments,
    fulfilment: parts.fulfilment,
    customer: customer && {
      id: customer.id,
      email: customer.email,
      name: customer.name,
      guest: customer.userId === null,
    },
    checkout: checkout ?? null,
    memberships,
    receipts: receipts.map(({ receipt: { accessTokenHash: _hash, ...receipt }, campaignName }) => ({
      ...receipt,
      campaignName,
    })),
    timeline: await orderTimeline(tx, parts),
  };
}
