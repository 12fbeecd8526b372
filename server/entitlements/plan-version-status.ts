import { defineMachine } from "../kernel/machine.ts";

/** A version of a plan: written by staff, on sale, and on sale no longer. What was bought stays on its version. */
export const planVersionMachine = defineMachine({
  noun: "plan_version",
  table: "plan_versions",
  states: ["draft", "published", "retired"],
  initial: "draft",
  events: {
    published: { from: ["draft"], to: "published" },
    retired: { from: ["published"], to: "retired" },
  },
});
export type PlanVersionStatus = (typeof planVersionMachine.states)[number];
