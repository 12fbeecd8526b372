import { describe, expect, test } from "vitest";
import { checkoutMachine } from "../checkout/checkout-status.ts";
import { fulfilmentMachine } from "../fulfilment/fulfilment-status.ts";
import { emailMachine } from "../messaging/email-status.ts";
import { orderMachine } from "../orders/order-status.ts";
import { paymentMachine } from "../payments/payment-status.ts";
import { campaignMachine } from "../pricing/campaign-status.ts";
import { invoiceMachine } from "../subscriptions/invoice-status.ts";
import { subscriptionMachine } from "../subscriptions/subscription-status.ts";
import { webhookEventMachine } from "../webhooks/webhook-event-status.ts";
import { defineMachine, diagram, isFinal, legalEvents, type Machine, pathBetween } from "./machine.ts";

const machines: readonly Machine[] = [
  campaignMachine,
  checkoutMachine,
  emailMachine,
  fulfilmentMachine,
  invoiceMachine,
  orderMachine,
  paymentMachine,
  subscriptionMachine,
  webhookEventMachine,
];

describe.each(machines.map((m) => [m.noun, m] as const))("the %s machine", (_noun, machine) => {
  test("reaches every state from the initial one", () => {
    for (const state of machine.states) expect(pathBetween(machine, machine.initial, state), state).not.toBeNull();
  });

  test("names every state in its diagram", () => {
    for (const state of machine.states) expect(diagram(machine)).toContain(state);
  });
});

describe("a machine", () => {
  const door = defineMachine({
    noun: "door",
    table: "doors",
    states: ["open", "shut", "locked", "broken"],
    initial: "open",
    events: {
      shut: { from: ["open"], to: "shut" },
      opened: { from: ["shut"], to: "open" },
      locked: { from: ["shut"], to: "locked" },
      broken: { from: ["open", "shut", "locked"], to: "broken" },
    },
  });

  test("derives final states and legal events", () => {
    expect(door.states.filter((s) => isFinal(door, s))).toEqual(["broken"]);
    expect(legalEvents(door, "shut")).toEqual(["opened", "locked", "broken"]);
  });

  test("finds the shortest way, none to where it is, and null where no way leads", () => {
    expect(pathBetween(door, "open", "locked")).toEqual(["shut", "locked"]);
    expect(pathBetween(door, "open", "open")).toEqual([]);
    expect(pathBetween(door, "broken", "open")).toBeNull();
  });

  test("refuses states that it does not know", () => {
    const wrong = { noun: "x", table: "x", states: ["a"], initial: "a", events: { e: { from: ["a"], to: "b" } } };
    expect(() => defineMachine(wrong)).toThrow(/unknown state/);
  });
});
