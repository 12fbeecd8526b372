import { defineMachine } from "../kernel/machine.ts";

/** A payment at a provider, mirrored: it converges on what the provider holds. `unknown` is not `failed`: the provider is asked first. */
export const paymentMachine = defineMachine({
  noun: "payment",
  table: "payments",
  states: [
    "pending",
    "processing",
    "requires_action",
    "paid",
    "failed",
    "unknown",
    "cancelled",
    "partially_refunded",
    "refunded",
    "disputed",
  ],
  initial: "pending",
  events: {
    paid: { from: ["pending", "processing", "requires_action", "unknown", "failed"], to: "paid" },
    processing_started: { from: ["pending", "requires_action", "unknown", "failed"], to: "processing" },
    action_required: { from: ["pending", "processing", "unknown", "failed"], to: "requires_action" },
    failed: { from: ["pending", "processing", "requires_action", "unknown"], to: "failed" },
    outcome_unknown: { from: ["pending", "processing", "requires_action"], to: "unknown" },
    cancelled: { from: ["pending", "processing", "requires_action", "failed", "unknown"], to: "cancelled" },
    partially_refunded: { from: ["paid"], to: "partially_refunded" },
    refunded: { from: ["paid", "partially_refunded"], to: "refunded" },
    refund_failed: { from: ["partially_refunded", "refunded"], to: "paid" },
    disputed: { from: ["paid", "partially_refunded"], to: "disputed" },
    dispute_won: { from: ["disputed"], to: "paid" },
  },
});
export type PaymentStatus = (typeof paymentMachine.states)[number];
