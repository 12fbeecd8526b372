import { describe, expect, it } from "vitest";
import type { Providers } from "../ports.ts";
import type { EventHandlers } from "./event-handler.ts";
import { HANDLED_EVENT_TYPES } from "./event-types.ts";
import { stripeHandlers } from "./stripe-handlers.ts";

const handlers: EventHandlers<Providers> = stripeHandlers;

describe("what follows Stripe's events", () => {
  it.each(HANDLED_EVENT_TYPES)("%s says which use case follows and what it does", (type) => {
    expect(type).toMatch(/^[a-z_]+(\.[a-z_]+)+$/);
    expect(handlers[type]?.useCase).toMatch(/^(converge|recheck)/);
    expect(handlers[type]?.summary).toMatch(/^[A-Z].*\.$/);
  });

  it("follows every event that the source documents name", () => {
    expect(HANDLED_EVENT_TYPES).toEqual(
      expect.arrayContaining([
        "checkout.session.completed",
        "checkout.session.async_payment_succeeded",
        "checkout.session.async_payment_failed",
        "payment_intent.succeeded",
        "payment_intent.payment_failed",
        "invoice.payment_succeeded",
        "invoice.payment_failed",
        "invoice.paid",
        "invoice.payment_action_required",
        "charge.refunded",
        "charge.dispute.created",
        "customer.subscription.created",
        "customer.subscription.updated",
        "customer.subscription.deleted",
        "customer.subscription.paused",
        "customer.subscription.resumed",
        "customer.subscription.trial_will_end",
      ]),
    );
  });
});
