import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { diagram } from "../kernel/machine.ts";
import { invoiceMachine } from "./invoice-status.ts";
import { subscriptionMachine } from "./subscription-status.ts";

it.each([subscriptionMachine, invoiceMachine])("the README shows the lifecycle of a $noun as it is", (machine) => {
  expect(readFileSync(new URL("README.md", import.meta.url), "utf8")).toContain(diagram(machine));
});
