import { describe, expect, it } from "vitest";
import { paymentMachine } from "../payments/payment-status.ts";
import { checkoutMachine } from "./checkout-status.ts";
import { type ReturnFacts, returnState } from "./return-state.ts";

const facts = (part: Partial<ReturnFacts>): ReturnFacts => ({
  checkout: "completed",
  mode: "subscription",
  failureCode: null,
  beingAsked: false,
  order: "confirmed",
  payment: "paid",
  membership: "active",
  ...part,
});

describe("what the page after paying says", () => {
  it.each<[Partial<ReturnFacts>, string]>([
    [{}, "done"],
    [{ order: "completed" }, "done"],
    [{ mode: "payment", membership: null }, "done"],
    [{ membership: null }, "working"],
    [{ order: null }, "working"],
    [{ order: "awaiting_payment", payment: "processing", membership: "incomplete" }, "processing"],
    [{ order: "awaiting_payment", payment: "requires_action" }, "needs_approval"],
    [{ order: "awaiting_payment", payment: "unknown" }, "unknown"],
    [{ order: "cancelled", payment: "failed" }, "failed"],
    [{ checkout: "open", order: null, payment: null }, "open"],
    [{ checkout: "open", order: null, payment: null, beingAsked: true }, "working"],
    [{ checkout: "open", order: null, payment: null, failureCode: "insufficient_funds" }, "failed"],
    [{ checkout: "open", order: null, payment: null, failureCode: "mismatch", beingAsked: true }, "unknown"],
    [{ checkout: "created", order: null, payment: null }, "unknown"],
    [{ checkout: "unknown", order: null, payment: null }, "unknown"],
    [{ checkout: "expired", order: null, payment: null }, "expired"],
    [{ checkout: "failed", order: null, payment: null }, "failed"],
  ])("%o: %s", (part, expected) => {
    expect(returnState(facts(part))).toBe(expected);
  });

  it("never says that nothing was taken while the outcome is open", () => {
    for (const checkout of checkoutMachine.states) {
      for (const payment of paymentMachine.states.filter((state) => state === "unknown" || state === "processing")) {
        const state = returnState(facts({ checkout, payment, order: "awaiting_payment" }));
        if (checkout !== "failed" && checkout !== "expired") expect(["failed", "expired"]).not.toContain(state);
      }
    }
  });
});
