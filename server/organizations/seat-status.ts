import { defineMachine } from "../kernel/machine.ts";

/**
 * A place in an organization's plan: an invitation takes it, whoever accepts claims it, and whoever leaves gives it back.
 * What was revoked is free for somebody else, as another seat.
 */
export const seatMachine = defineMachine({
  noun: "seat",
  table: "seats",
  states: ["pending", "claimed", "revoked"],
  initial: "pending",
  events: {
    claimed: { from: ["pending"], to: "claimed" },
    revoked: { from: ["pending", "claimed"], to: "revoked" },
  },
});
export type SeatStatus = (typeof seatMachine.states)[number];
