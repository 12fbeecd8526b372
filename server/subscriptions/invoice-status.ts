import { defineMachine } from "../kernel/machine.ts";

/** A Stripe invoice, mirrored. */
export const invoiceMachine = defineMachine({
  noun: "invoice",
  table: "invoices",
  states: ["draft", "open", "paid", "void", "uncollectible"],
  initial: "draft",
  events: {
    finalized: { from: ["draft"], to: "open" },
    paid: { from: ["open", "uncollectible"], to: "paid" },
    voided: { from: ["open", "uncollectible"], to: "void" },
    written_off: { from: ["open"], to: "uncollectible" },
  },
});
export type InvoiceStatus = (typeof invoiceMachine.states)[number];
