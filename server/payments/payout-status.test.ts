import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { diagram, pathBetween } from "../kernel/machine.ts";
import { isNextOf, payoutMachine } from "./payout-status.ts";

it("the README shows the lifecycle as it is", () => {
  expect(readFileSync(new URL("README.md", import.meta.url), "utf8")).toContain(diagram(payoutMachine));
});

it("every state is reached from every other, and what is over goes on by itself no more", () => {
  const { states } = payoutMachine;
  for (const from of states) for (const to of states) expect(pathBetween(payoutMachine, from, to)).not.toBeNull();
  const next = states.map((from) => [from, states.filter((to) => isNextOf(from, to))]);
  expect(next).toEqual([
    ["pending", ["in_transit", "paid", "failed", "canceled"]],
    ["in_transit", ["paid", "failed", "canceled"]],
    ...["paid", "failed", "canceled"].map((over) => [over, []]),
  ]);
});
