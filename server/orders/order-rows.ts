import { asc, eq, inArray } from "drizzle-orm";
import { fulfilments } from "../../drizzle/schema/fulfilment.ts";
import { orderLines, orders } from "../../drizzle/schema/orders.ts";
import { paymentAttempts, payments } from "../../drizzle/schema/payments.ts";
import type { Tx } from "../kernel/db.ts";
import { type CommerceLabel, commerceLabel, type FulfilmentLabel, fulfilmentLabel } from "./order-label.ts";

export type Order = typeof orders.$inferSelect;
export type OrderLine = typeof orderLines.$inferSelect;
export type Payment = typeof payments.$inferSelect;
export type Attempt = typeof paymentAttempts.$inferSelect;
export type Fulfilment = typeof fulfilments.$inferSelect;

/** An order with its three lifecycles. The newest payment is the one that counts. */
export type OrderParts = {
  readonly order: Order;
  readonly lines: readonly OrderLine[];
  readonly payments: readonly (Payment & { readonly attempts: readonly Attempt[] })[];
  readonly fulfilment: Fulfilment | null;
  readonly labels: { readonly commerce: CommerceLabel; readonly fulfilment: FulfilmentLabel };
};

/** Reads everything about some orders in four queries, in the order given. */
export async function withParts(tx: Tx, found: readonly Order[]): Promise<OrderParts[]> {
  if (found.length === 0) return [];
  const ids = found.map((order) => order.id);
  const lines = await tx
    .select()
    .from(orderLines)
    .where(inArray(orderLines.orderId, ids))
    .orderBy(asc(orderLines.position));
  const paid = await tx.select().from(payments).where(inArray(payments.orderId, ids)).orderBy(asc(payments.createdAt));
  const tried =
    paid.length === 0
      ? []
      : await attemptsOf(
          tx,
          paid.map((payment) => payment.id),
        );
  const goods = await tx.select().from(fulfilments).where(inArray(fulfilments.orderId, ids));
  return found.map((order) => {
    const own = paid
      .filter((payment) => payment.orderId === order.id)
      .map((payment) => ({ ...payment, attempts: tried.filter((attempt) => attempt.paymentId === payment.id) }));
    const fulfilment = goods.find((one) => one.orderId === order.id) ?? null;
    return {
      order,
      lines: lines.filter((line) => line.orderId === order.id),
      payments: own,
      fulfilment,
      labels: labelsOf(order, own, fulfilment),
    };
  });
}

function attemptsOf(tx: Tx, paymentIds: readonly string[]): Promise<Attempt[]> {
  return tx
    .select()
    .from(paymentAttempts)
    .where(inArray(paymentAttempts.paymentId, [...paymentIds]))
    .orderBy(asc(paymentAttempts.at), asc(paymentAttempts.id));
}

function labelsOf(order: Order, own: OrderParts["payments"], fulfilment: Fulfilment | null): OrderParts["labels"] {
  const payment = own.at(-1) ?? null;
  const facts = {
    order: order.status,
    payment: payment?.status ?? null,
    fulfilment: fulfilment?.status ?? null,
    declinedBefore: payment?.attempts.some((attempt) => attempt.outcome === "declined") ?? false,
  };
  return { commerce: commerceLabel(facts), fulfilment: fulfilmentLabel(facts) };
}

export async function findOrder(tx: Tx, id: string): Promise<Order | null> {
  const [order] = await tx.select().from(orders).where(eq(orders.id, id));
  return order ?? null;
}
