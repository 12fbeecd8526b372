import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { diagram } from "../kernel/machine.ts";
import { planMigrationMachine } from "./plan-migration-status.ts";

it("the README shows the lifecycle of a move as it is", () => {
  expect(readFileSync(new URL("README.md", import.meta.url), "utf8")).toContain(diagram(planMigrationMachine));
});
