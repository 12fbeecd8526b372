import { defineMachine } from "../kernel/machine.ts";

/** A mail in the outbox. `sending` that never came back is queued again and sent with the same Message-ID. */
export const emailMachine = defineMachine({
  noun: "email",
  table: "emails",
  states: ["queued", "sending", "sent", "failed", "stopped"],
  initial: "queued",
  events: {
    claimed: { from: ["queued"], to: "sending" },
    requeued: { from: ["sending", "failed"], to: "queued" },
    sent: { from: ["sending"], to: "sent" },
    failed: { from: ["sending"], to: "failed" },
    stopped: { from: ["queued", "failed"], to: "stopped" },
  },
});
export type EmailStatus = (typeof emailMachine.states)[number];
