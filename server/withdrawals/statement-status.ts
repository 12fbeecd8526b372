import { defineMachine } from "../kernel/machine.ts";

/**
 * Somebody who named an order by its number and an address says that it is taken back. It stands with its instant; it is
 * carried out once it is known to be the buyer's, and that is a withdrawal of its own.
 */
export const statementMachine = defineMachine({
  noun: "withdrawal_statement",
  table: "withdrawal_statements",
  states: ["received", "unconfirmed", "unmatched", "carried_out", "overtaken", "dismissed"],
  initial: "received",
  events: {
    /** Number and address are those of an order; or staff have found the order that is meant. */
    matched: { from: ["received", "unmatched"], to: "unconfirmed" },
    not_found: { from: ["received"], to: "unmatched" },
    /** By whoever holds the order's link or account, or by staff who have spoken with the buyer. */
    carried_out: { from: ["unconfirmed"], to: "carried_out" },
    /** All of the order had been taken back already. */
    overtaken: { from: ["unconfirmed"], to: "overtaken" },
    dismissed: { from: ["unconfirmed", "unmatched"], to: "dismissed" },
    /** The same without a letter: many that no order was found for, at once. */
    set_aside: { from: ["unmatched"], to: "dismissed" },
  },
});
export type StatementStatus = (typeof statementMachine.states)[number];
