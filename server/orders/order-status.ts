import { defineMachine } from "../kernel/machine.ts";

/** The order itself. Its money is a payment's state, its goods a fulfilment's: three lifecycles that move alone. */
export const orderMachine = defineMachine({
  noun: "order",
  table: "orders",
  states: ["awaiting_payment", "confirmed", "completed", "cancelled"],
  initial: "awaiting_payment",
  events: {
    paid: { from: ["awaiting_payment"], to: "confirmed" },
    completed: { from: ["confirmed"], to: "completed" },
    cancelled: { from: ["awaiting_payment", "confirmed"], to: "cancelled" },
  },
});
export type OrderStatus = (typeof orderMachine.states)[number];
