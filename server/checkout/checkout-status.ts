import { defineMachine } from "../kernel/machine.ts";

/**
 * One attempt to pay at the hosted page: intent, call, result. `unknown` means the call's outcome is not known yet. Money
 * that arrives completes it whatever we thought of it before.
 */
export const checkoutMachine = defineMachine({
  noun: "checkout",
  table: "checkouts",
  states: ["created", "open", "unknown", "completed", "expired", "failed"],
  initial: "created",
  events: {
    opened: { from: ["created", "unknown", "failed"], to: "open" },
    outcome_unknown: { from: ["created"], to: "unknown" },
    completed: { from: ["created", "open", "unknown", "expired", "failed"], to: "completed" },
    expired: { from: ["created", "open", "unknown"], to: "expired" },
    rejected: { from: ["created", "unknown"], to: "failed" },
  },
});
export type CheckoutStatus = (typeof checkoutMachine.states)[number];
