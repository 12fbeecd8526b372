import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { diagram } from "../kernel/machine.ts";
import { statementMachine } from "./statement-status.ts";
import { withdrawalMachine } from "./withdrawal-status.ts";

it.each([withdrawalMachine, statementMachine])("the README shows the lifecycle of a $noun as it is", (machine) => {
  expect(readFileSync(new URL("README.md", import.meta.url), "utf8")).toContain(diagram(machine));
});
