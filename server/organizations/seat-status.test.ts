import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { diagram } from "../kernel/machine.ts";
import { seatMachine } from "./seat-status.ts";

test("the README draws the lifecycle as it is", () => {
  expect(readFileSync(new URL("README.md", import.meta.url), "utf8")).toContain(diagram(seatMachine));
});
