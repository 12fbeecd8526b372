import { defineMachine } from "../kernel/machine.ts";

/** A stored webhook. `ignored` has no handler on purpose; `dead` waits for a person, who replays or discards it. */
export const webhookEventMachine = defineMachine({
  noun: "webhook_event",
  table: "webhook_events",
  states: ["received", "retrying", "handled", "ignored", "dead", "discarded"],
  initial: "received",
  events: {
    handled: { from: ["received", "retrying"], to: "handled" },
    ignored: { from: ["received", "retrying"], to: "ignored" },
    retry_scheduled: { from: ["received"], to: "retrying" },
    gave_up: { from: ["received", "retrying"], to: "dead" },
    replayed: { from: ["handled", "ignored", "dead", "discarded", "retrying"], to: "received" },
    discarded: { from: ["dead"], to: "discarded" },
  },
});
export type WebhookEventStatus = (typeof webhookEventMachine.states)[number];
