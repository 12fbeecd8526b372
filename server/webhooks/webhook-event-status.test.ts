import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { diagram, isFinal, pathBetween } from "../kernel/machine.ts";
import { webhookEventMachine } from "./webhook-event-status.ts";

test("the README shows the lifecycle as it is", () => {
  expect(readFileSync(new URL("README.md", import.meta.url), "utf8")).toContain(diagram(webhookEventMachine));
});

test("every state can be reached, and none is the end: a person can always replay", () => {
  for (const state of webhookEventMachine.states) {
    expect(pathBetween(webhookEventMachine, webhookEventMachine.initial, state), state).not.toBeNull();
    expect(isFinal(webhookEventMachine, state), state).toBe(false);
  }
});
