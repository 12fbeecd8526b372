import { and, eq, inArray } from "drizzle-orm";
import type { z } from "zod";
import { products } from "../../drizzle/schema/catalog.ts";
import { checkouts } from "../../drizzle/schema/checkout.ts";
import { customers } from "../../drizzle/schema/identity.ts";
import { orders } from "../../drizzle/schema/orders.ts";
import { campaigns, priceReceipts } from "../../drizzle/schema/pricing.ts";
import { inFreeTime, subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { hashToken } from "../kernel/id.ts";
import { keyset, type Page } from "../kernel/page.ts";
import { type BuyerOrder, buyerOrder } from "./buyer-view.ts";
import { orderErrors } from "./errors.ts";
import type { myOrdersInput } from "./input.ts";
import { findOrder, withParts } from "./order-rows.ts";
import { orderTimeline } from "./order-timeline.ts";
import { trialOfOrder } from "./order-trial.ts";

type PageInput = z.output<typeof myOrdersInput>;

/** A customer's own orders, newest first. */
export async function listMyOrders(tx: Tx, customerId: string, input: PageInput): Promise<Page<BuyerOrder>> {
  const place = keyset(input, { by: orders.placedAt, id: orders.id, type: "timestamptz", direction: "desc" });
  const rows = await tx
    .select({ order: orders, cursorAt: place.cursorAt })
    .from(orders)
    .where(and(eq(orders.customerId, customerId), place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const page = place.page(rows.map(({ order, cursorAt }) => ({ ...order, cursorAt })));
  return { ...page, items: (await withParts(tx, page.items)).map((parts) => buyerOrder(parts)) };
}

/** One of a customer's own orders. Throws `orders.not_found` for anybody else's. */
export async function getMyOrder(tx: Tx, customerId: string, id: string): Promise<BuyerOrder> {
  const order = await findOrder(tx, id);
  const [parts] = order?.customerId === customerId ? await withParts(tx, [order]) : [];
  if (!parts) throw orderErrors.notFound();
  return buyerOrder(parts, await trialOfOrder(tx, parts.order.id));
}

/** The order whose bearer token this is: how a guest sees theirs. Throws `orders.not_found`. */
export async function getOrderByRef(tx: Tx, ref: string): Promise<BuyerOrder> {
  const found = await tx
    .select()
    .from(orders)
    .where(eq(orders.accessTokenHash, hashToken(ref)));
  const [parts] = await withParts(tx, found);
  if (!parts) throw orderErrors.notFound();
  return buyerOrder(parts, await trialOfOrder(tx, parts.order.id));
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
    .select({ id: subscriptions.id, productName: products.name, status: subscriptions.status, freeTime: inFreeTime })
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
    timeline: await orderTimeline(tx, id),
  };
}
