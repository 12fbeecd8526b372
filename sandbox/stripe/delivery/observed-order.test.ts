import { expect, it } from "vitest";
import { asObserved, observedDelay } from "./observed-order.ts";

const delivery = (id: number, type: string, nextAt = 1_000) => ({ id, type, nextAt });

it("sends the checkout before its subscription, and a payment's success before its beginning", () => {
  const causal = [
    "payment_intent.created",
    "customer.created",
    "charge.succeeded",
    "payment_intent.succeeded",
    "customer.subscription.created",
    "invoice.created",
    "invoice.finalized",
    "invoice.paid",
    "checkout.session.completed",
  ];
  expect(asObserved(causal.map((type, index) => delivery(index, type))).map((one) => one.type)).toEqual([
    "charge.succeeded",
    "customer.created",
    "checkout.session.completed",
    "customer.subscription.created",
    "payment_intent.succeeded",
    "payment_intent.created",
    "invoice.created",
    "invoice.finalized",
    "invoice.paid",
  ]);
});

it("keeps moments apart, and what is told twice in its order", () => {
  const all = [
    delivery(1, "invoice.paid", 1_000),
    delivery(2, "charge.succeeded", 5_000),
    delivery(3, "invoice.updated", 1_010),
    delivery(4, "invoice.updated", 1_000),
  ];
  expect(asObserved(all).map((one) => one.id)).toEqual([1, 3, 4, 2]);
});

it("keeps together what began at any moment, and apart what came a quarter of a second later", () => {
  const ids = (charged: number, began: number) =>
    asObserved([delivery(1, "customer.updated", began), delivery(2, "charge.succeeded", charged)]).map((one) => one.id);
  for (const began of [1_000, 1_249, 1_499]) expect(ids(began + 1, began), `at ${began}`).toEqual([2, 1]);
  expect(ids(1_250, 1_000)).toEqual([1, 2]);
});

it("holds a few types back by seconds, the same event equally long each time", () => {
  expect(observedDelay("charge.updated", "evt_1")).toBe(2_000);
  expect(observedDelay("invoice.paid", "evt_1")).toBe(0);
  const late = observedDelay("invoice_payment.paid", "evt_1");
  expect(late).toBe(observedDelay("invoice_payment.paid", "evt_1"));
  expect(late).toBeGreaterThanOrEqual(1_000);
  expect(late).toBeLessThanOrEqual(20_000);
});
