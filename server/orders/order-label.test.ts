import { describe, expect, it } from "vitest";
import { fulfilmentMachine } from "../fulfilment/fulfilment-status.ts";
import { paymentMachine } from "../payments/payment-status.ts";
import { COMMERCE_LABELS, commerceLabel, FULFILMENT_LABELS, fulfilmentLabel, type OrderFacts } from "./order-label.ts";
import { orderMachine } from "./order-status.ts";

const everything: OrderFacts[] = orderMachine.states.flatMap((order) =>
  [null, ...paymentMachine.states].flatMap((payment) =>
    [null, ...fulfilmentMachine.states].flatMap((fulfilment) =>
      [false, true].map((declinedBefore) => ({ order, payment, fulfilment, declinedBefore })),
    ),
  ),
);
const facts = (part: Partial<OrderFacts>): OrderFacts => ({
  order: "confirmed",
  payment: "paid",
  fulfilment: null,
  declinedBefore: false,
  ...part,
});

describe("from the three lifecycles to one word", () => {
  it.each<[Partial<OrderFacts>, string, string]>([
    [{ order: "awaiting_payment", payment: null }, "pending", "pending"],
    [{ order: "awaiting_payment", payment: "processing" }, "processing", "pending"],
    [{ order: "awaiting_payment", payment: "unknown" }, "processing", "pending"],
    [{ order: "awaiting_payment", payment: "processing", declinedBefore: true }, "retry", "pending"],
    [{ order: "awaiting_payment", payment: "failed" }, "declined", "failed"],
    [{ order: "cancelled", payment: "failed" }, "cancelled", "failed"],
    [{ order: "cancelled", payment: "cancelled" }, "cancelled", "cancelled"],
    [{}, "paid", "paid"],
    [{ fulfilment: "not_started" }, "paid", "pending_mapping"],
    [{ fulfilment: "in_production" }, "fulfilling", "in_production"],
    [{ fulfilment: "stopped" }, "fulfilling", "fulfillment_failed"],
    [{ fulfilment: "shipped" }, "shipped", "shipped"],
    [{ order: "completed", fulfilment: "shipped" }, "completed", "shipped"],
    [{ order: "completed" }, "completed", "paid"],
    [{ payment: "partially_refunded", fulfilment: "shipped" }, "partially_refunded", "shipped"],
    [{ payment: "refunded", fulfilment: "shipped" }, "refunded", "refunded"],
    [{ payment: "disputed", fulfilment: "shipped" }, "shipped", "shipped"],
  ])("%o is %s and %s", (part, commerce, fulfilment) => {
    expect(commerceLabel(facts(part))).toBe(commerce);
    expect(fulfilmentLabel(facts(part))).toBe(fulfilment);
  });

  it("is total: every combination has a word of each document", () => {
    for (const one of everything) {
      expect(COMMERCE_LABELS).toContain(commerceLabel(one));
      expect(FULFILMENT_LABELS).toContain(fulfilmentLabel(one));
    }
  });
});

describe("from a word back to the lifecycles", () => {
  it.each(COMMERCE_LABELS)("%s names at least one state", (label) => {
    expect(everything.some((one) => commerceLabel(one) === label)).toBe(true);
  });

  it.each(FULFILMENT_LABELS)("%s names at least one state", (label) => {
    expect(everything.some((one) => fulfilmentLabel(one) === label)).toBe(true);
  });

  it("no word says paid before the money has come, nor unpaid after", () => {
    const unpaid = new Set<string>(["pending", "processing", "retry", "declined", "failed"]);
    for (const one of everything.filter((f) => f.order === "confirmed" || f.order === "completed")) {
      expect(unpaid.has(commerceLabel(one))).toBe(false);
      expect(unpaid.has(fulfilmentLabel(one))).toBe(false);
    }
    for (const one of everything.filter(
      (f) => f.order === "awaiting_payment" && f.payment !== "refunded" && f.payment !== "partially_refunded",
    )) {
      expect(["pending", "processing", "retry", "declined"]).toContain(commerceLabel(one));
      expect(["pending", "failed"]).toContain(fulfilmentLabel(one));
    }
  });
});
