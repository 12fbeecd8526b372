import { defineMachine } from "../kernel/machine.ts";

/**
 * A transfer from the provider to the shop's bank, mirrored in the provider's words. A bank may send back what has arrived already.
 * `reopened` is for a row of ours that had come further than the provider says: so that every state is reached from every other.
 */
export const payoutMachine = defineMachine({
  noun: "payout",
  table: "payouts",
  states: ["pending", "in_transit", "paid", "failed", "canceled"],
  initial: "pending",
  events: {
    submitted: { from: ["pending"], to: "in_transit" },
    arrived: { from: ["pending", "in_transit"], to: "paid" },
    failed: { from: ["pending", "in_transit", "paid"], to: "failed" },
    canceled: { from: ["pending", "in_transit"], to: "canceled" },
    reopened: { from: ["in_transit", "paid", "failed", "canceled"], to: "pending" },
  },
});
export type PayoutStatus = (typeof payoutMachine.states)[number];

/** Whether a status follows from another by itself, as time goes on: then nobody had it wrong. */
export function isNextOf(before: PayoutStatus, after: PayoutStatus): boolean {
  if (before === "pending") return after !== "pending";
  return before === "in_transit" && (after === "paid" || after === "failed" || after === "canceled");
}
