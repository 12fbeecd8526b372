import { eq } from "drizzle-orm";
import { orders } from "../../drizzle/schema/orders.ts";
import { raiseAlert } from "../kernel/alert.ts";
import type { Tx } from "../kernel/db.ts";
import { transition } from "../kernel/machine.ts";
import { send } from "../kernel/send.ts";
import { orderErrors } from "./errors.ts";
import { type OrderStatus, orderMachine } from "./order-status.ts";

/** How the order's payment stands: `waiting` changes nothing. */
export type Settlement =
  | { readonly outcome: "paid"; readonly paidAt: Date }
  | { readonly outcome: "failed" }
  | { readonly outcome: "waiting" };

/**
 * Moves an order by its payment: paid confirms it, a final failure cancels it, waiting leaves it. Idempotent; the caller
 * holds the checkout locked. Money for an order that was cancelled raises an alert instead: a person decides. Returns
 * where the order stands, and whether this moved it there.
 */
export async function settleOrder(
  tx: Tx,
  orderId: string,
  settlement: Settlement,
  cause: string,
): Promise<{ status: OrderStatus; moved: boolean }> {
  const [order] = await tx.select({ status: orders.status }).from(orders).where(eq(orders.id, orderId)).for("update");
  if (!order) throw orderErrors.notFound();
  if (settlement.outcome === "paid" && order.status === "awaiting_payment") {
    send(tx, tx.update(orders).set({ paidAt: settlement.paidAt }).where(eq(orders.id, orderId)));
    await transition(tx, orderMachine, { id: orderId, event: "paid", cause });
    return { status: "confirmed", moved: true };
  }
  if (settlement.outcome === "paid" && order.status === "cancelled") {
    await raiseAlert(tx, {
      kind: "orders.paid_after_cancellation",
      subject: orderId,
      detail: "The payment of a cancelled order went through. Refund it or fulfil the order.",
    });
  }
  if (settlement.outcome === "failed" && order.status === "awaiting_payment") {
    await transition(tx, orderMachine, { id: orderId, event: "cancelled", reason: "payment failed", cause });
    return { status: "cancelled", moved: true };
  }
  return { status: order.status, moved: false };
}

/** Nothing is left to do for the order: there were no goods, or they are on their way. Idempotent. */
export async function completeOrder(tx: Tx, orderId: string, cause: string): Promise<void> {
  const [order] = await tx.select({ status: orders.status }).from(orders).where(eq(orders.id, orderId)).for("update");
  if (!order) throw orderErrors.notFound();
  if (order.status === "confirmed") await transition(tx, orderMachine, { id: orderId, event: "completed", cause });
}
