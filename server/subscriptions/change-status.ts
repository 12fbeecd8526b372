import { defineMachine } from "../kernel/machine.ts";

/**
 * Somebody's wish that a membership becomes another: written before the provider is asked. `scheduled`: the provider holds
 * it for later. `awaiting_payment`: it is made once its invoice is paid. `unknown` is asked about, never guessed.
 */
export const changeMachine = defineMachine({
  noun: "subscription_change",
  table: "subscription_changes",
  states: [
    "requested",
    "sent",
    "unknown",
    "scheduled",
    "awaiting_payment",
    "applied",
    "failed",
    "undone",
    "superseded",
  ],
  initial: "requested",
  events: {
    sent: { from: ["requested"], to: "sent" },
    outcome_unknown: { from: ["sent"], to: "unknown" },
    scheduled: { from: ["sent", "unknown"], to: "scheduled" },
    payment_awaited: { from: ["sent", "unknown"], to: "awaiting_payment" },
    applied: { from: ["sent", "unknown", "scheduled", "awaiting_payment"], to: "applied" },
    failed: { from: ["requested", "sent", "unknown", "awaiting_payment"], to: "failed" },
    undone: { from: ["scheduled"], to: "undone" },
    superseded: { from: ["scheduled"], to: "superseded" },
  },
});
export type ChangeStatus = (typeof changeMachine.states)[number];

/** Under way: until it is known what came of it, nothing else is begun on the same membership. */
export const IN_FLIGHT = [
  "requested",
  "sent",
  "unknown",
  "awaiting_payment",
] as const satisfies readonly ChangeStatus[];
export const OPEN_CHANGE = [...IN_FLIGHT, "scheduled"] as const satisfies readonly ChangeStatus[];

/** `keep` takes back what is scheduled. `retry` charges what is overdue now. `version`: the same price, by the terms of another version of the plan.
 * `free`: nothing is charged until a later day. `discount`: a share is taken off what is charged, for some months. `seats`: more or
 * fewer seats of the same plan at the same price. `units`: more or fewer of the same membership at the same price. */
export const CHANGE_KINDS = [
  "cancel",
  "keep",
  "plan",
  "pause",
  "resume",
  "retry",
  "version",
  "free",
  "discount",
  "seats",
  "units",
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];
/**
 * When another price is in force and what is left of the period is charged. `now`: at once, once it is paid. `next_invoice`:
 * at once, and charged with what renews. `new_cycle`: with a new period that begins at once, once it is paid. `period_end`:
 * when the period is over. An end and everything else knows `now` and `period_end` alone.
 */
export const CHANGE_TIMINGS = ["now", "next_invoice", "period_end", "new_cycle"] as const;
export type ChangeTiming = (typeof CHANGE_TIMINGS)[number];

/** Why members leave, in the provider's words so that both keep the same. */
export const CANCEL_REASONS = [
  "too_expensive",
  "unused",
  "switched_service",
  "missing_features",
  "low_quality",
  "customer_service",
  "too_complex",
  "other",
] as const;
export type CancelReason = (typeof CANCEL_REASONS)[number];
