import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { diagram } from "../kernel/machine.ts";
import { refundMachine } from "./refund-status.ts";

it("the README shows the lifecycle as it is", () => {
  expect(readFileSync(new URL("README.md", import.meta.url), "utf8")).toContain(diagram(refundMachine));
});
