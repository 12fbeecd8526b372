import { defineMachine } from "../kernel/machine.ts";

/** The goods of an order on their way: nothing moves before the order is paid. */
export const fulfilmentMachine = defineMachine({
  noun: "fulfilment",
  table: "fulfilments",
  states: ["not_started", "in_production", "shipped", "stopped", "cancelled"],
  initial: "not_started",
  events: {
    started: { from: ["not_started", "stopped"], to: "in_production" },
    shipped: { from: ["not_started", "in_production"], to: "shipped" },
    stopped: { from: ["not_started", "in_production"], to: "stopped" },
    cancelled: { from: ["not_started", "in_production", "stopped"], to: "cancelled" },
  },
});
export type FulfilmentStatus = (typeof fulfilmentMachine.states)[number];
