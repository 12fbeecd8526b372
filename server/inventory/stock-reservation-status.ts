import { defineMachine } from "../kernel/machine.ts";

/** Goods set aside for a payment page: handed over when it is paid, back on the shelf when it never is. */
export const stockReservationMachine = defineMachine({
  noun: "stock_reservation",
  table: "stock_reservations",
  states: ["reserved", "consumed", "released"],
  initial: "reserved",
  events: {
    consumed: { from: ["reserved"], to: "consumed" },
    released: { from: ["reserved"], to: "released" },
  },
});
export type StockReservationStatus = (typeof stockReservationMachine.states)[number];
