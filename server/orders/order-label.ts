import type { fulfilments } from "../../drizzle/schema/fulfilment.ts";
import type { PaymentStatus } from "../payments/index.ts";
import type { OrderStatus } from "./order-status.ts";

type FulfilmentStatus = (typeof fulfilments.$inferSelect)["status"];

/** Where an order's three lifecycles stand. `fulfilment` null: no goods; `payment` null: nothing to pay. */
export type OrderFacts = {
  readonly order: OrderStatus;
  readonly payment: PaymentStatus | null;
  readonly fulfilment: FulfilmentStatus | null;
  /** A card was refused before the attempt that counts now. */
  readonly declinedBefore: boolean;
};

/** The order lifecycle in the words of the commerce plan. */
export const COMMERCE_LABELS = [
  "pending",
  "processing",
  "retry",
  "declined",
  "paid",
  "fulfilling",
  "shipped",
  "completed",
  "cancelled",
  "partially_refunded",
  "refunded",
] as const;
export type CommerceLabel = (typeof COMMERCE_LABELS)[number];

/** The order status in the words of the fulfilment plan. */
export const FULFILMENT_LABELS = [
  "pending",
  "paid",
  "pending_mapping",
  "in_production",
  "shipped",
  "cancelled",
  "failed",
  "refunded",
  "fulfillment_failed",
] as const;
export type FulfilmentLabel = (typeof FULFILMENT_LABELS)[number];

/** One word for the whole order, as the commerce plan speaks. A dispute does not change how far an order has come. */
export function commerceLabel(facts: OrderFacts): CommerceLabel {
  const { order, payment, fulfilment } = facts;
  if (payment === "refunded" || payment === "partially_refunded") return payment;
  if (order === "cancelled") return "cancelled";
  if (order === "awaiting_payment") {
    if (payment === "failed") return "declined";
    if (payment === null || payment === "pending") return "pending";
    return facts.declinedBefore ? "retry" : "processing";
  }
  if (order === "completed") return "completed";
  if (fulfilment === "shipped") return "shipped";
  return fulfilment === "in_production" || fulfilment === "stopped" ? "fulfilling" : "paid";
}

/** One word for the whole order, as the fulfilment plan speaks: goods that nobody has begun to make wait for a mapping to a maker. */
export function fulfilmentLabel(facts: OrderFacts): FulfilmentLabel {
  const { order, payment, fulfilment } = facts;
  if (payment === "refunded") return "refunded";
  if (order === "cancelled") return payment === "failed" ? "failed" : "cancelled";
  if (order === "awaiting_payment") return payment === "failed" ? "failed" : "pending";
  if (fulfilment === null) return "paid";
  const words = {
    not_started: "pending_mapping",
    in_production: "in_production",
    shipped: "shipped",
    stopped: "fulfillment_failed",
    cancelled: "cancelled",
  } as const;
  return words[fulfilment];
}
