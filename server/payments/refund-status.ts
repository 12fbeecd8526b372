import { defineMachine } from "../kernel/machine.ts";

/** Money on its way back: an intent of ours, or a mirror of one made at the provider. `unknown` is asked for, never guessed. */
export const refundMachine = defineMachine({
  noun: "refund",
  table: "refunds",
  states: ["requested", "sent", "unknown", "processing", "succeeded", "failed"],
  initial: "requested",
  events: {
    sent: { from: ["requested"], to: "sent" },
    outcome_unknown: { from: ["sent"], to: "unknown" },
    processing_started: { from: ["requested", "sent", "unknown"], to: "processing" },
    succeeded: { from: ["requested", "sent", "unknown", "processing"], to: "succeeded" },
    failed: { from: ["requested", "sent", "unknown", "processing", "succeeded"], to: "failed" },
  },
});
export type RefundStatus = (typeof refundMachine.states)[number];
