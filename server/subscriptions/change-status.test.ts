import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { diagram, isFinal } from "../kernel/machine.ts";
import { changeMachine, IN_FLIGHT, OPEN_CHANGE } from "./change-status.ts";

it("the README shows the lifecycle as it is", () => {
  expect(readFileSync(new URL("README.md", import.meta.url), "utf8")).toContain(diagram(changeMachine));
});

it("what is under way or scheduled is everything that has not ended", () => {
  const open = changeMachine.states.filter((state) => !isFinal(changeMachine, state));
  expect(new Set<string>(OPEN_CHANGE)).toEqual(new Set<string>(open));
  expect(open.filter((state) => !(IN_FLIGHT as readonly string[]).includes(state))).toEqual(["scheduled"]);
});
