import type { OrderStatus } from "../orders/index.ts";
import type { PaymentStatus } from "../payments/index.ts";
import type { SubscriptionStatus } from "../subscriptions/index.ts";
import type { CheckoutStatus } from "./checkout-status.ts";

/** What the page after the payment page says. Only `failed` and `expired` claim that no money was taken. */
export type ReturnState =
  | "done"
  /** Asked about, or paid and not yet carried out. */
  | "working"
  | "processing"
  | "needs_approval"
  | "failed"
  | "unknown"
  | "expired"
  | "open";

export type ReturnFacts = {
  readonly checkout: CheckoutStatus;
  readonly mode: "payment" | "subscription";
  readonly failureCode: string | null;
  /** A look at the provider is under way. */
  readonly beingAsked: boolean;
  readonly order: OrderStatus | null;
  readonly payment: PaymentStatus | null;
  readonly membership: SubscriptionStatus | null;
};

/** The truth about a purchase in one word. What is not known is never called failed. */
export function returnState(facts: ReturnFacts): ReturnState {
  switch (facts.checkout) {
    case "created":
    case "unknown":
      return "unknown";
    case "expired":
      return "expired";
    case "failed":
      return "failed";
    case "open":
      if (facts.failureCode === "mismatch") return "unknown";
      if (facts.beingAsked) return "working";
      return facts.failureCode === null ? "open" : "failed";
    case "completed":
      return paidState(facts);
  }
}

function paidState({ mode, order, payment, membership }: ReturnFacts): ReturnState {
  if (order === "cancelled" || payment === "failed" || payment === "cancelled") return "failed";
  if (order === null) return "working";
  if (order === "awaiting_payment") {
    if (payment === "requires_action") return "needs_approval";
    return payment === "unknown" ? "unknown" : "processing";
  }
  const started = membership !== null && membership !== "incomplete" && membership !== "incomplete_expired";
  return mode === "payment" || started ? "done" : "working";
}
