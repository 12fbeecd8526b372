import { defineMachine } from "../kernel/machine.ts";

/** A buyer takes a purchase back. Received is received: only what is paid back for it may still be decided. */
export const withdrawalMachine = defineMachine({
  noun: "withdrawal",
  table: "withdrawals",
  states: ["received", "needs_review", "refunding", "refunded", "refused"],
  initial: "received",
  events: {
    accepted: { from: ["received"], to: "refunding" },
    review_needed: { from: ["received", "refunding"], to: "needs_review" },
    approved: { from: ["needs_review"], to: "refunding" },
    refunded: { from: ["refunding"], to: "refunded" },
    /** The bank sent the money back, or the dispute by which it had paid was won: it is owed again. */
    refund_returned: { from: ["refunded"], to: "needs_review" },
    refused: { from: ["received", "needs_review"], to: "refused" },
  },
});
export type WithdrawalStatus = (typeof withdrawalMachine.states)[number];
