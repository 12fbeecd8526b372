import { defineMachine } from "../kernel/machine.ts";

/** A Stripe subscription, mirrored state by state. "Churned" is no state but a fact derived from `ended_at`. */
export const subscriptionMachine = defineMachine({
  noun: "subscription",
  table: "subscriptions",
  states: ["incomplete", "incomplete_expired", "trialing", "active", "past_due", "unpaid", "paused", "canceled"],
  initial: "incomplete",
  events: {
    activated: { from: ["incomplete", "trialing", "past_due", "unpaid", "paused"], to: "active" },
    trial_started: { from: ["incomplete"], to: "trialing" },
    free_time_given: { from: ["active"], to: "trialing" },
    never_started: { from: ["incomplete"], to: "incomplete_expired" },
    payment_overdue: { from: ["active", "trialing"], to: "past_due" },
    left_unpaid: { from: ["active", "past_due"], to: "unpaid" },
    paused: { from: ["active", "trialing", "past_due"], to: "paused" },
    canceled: { from: ["incomplete", "trialing", "active", "past_due", "unpaid", "paused"], to: "canceled" },
  },
});
export type SubscriptionStatus = (typeof subscriptionMachine.states)[number];
