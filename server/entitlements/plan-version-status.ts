import { defineMachine } from "../kernel/machine.ts";

/**
 * A version of a plan: written by staff, on its way to the provider (its prices are made there first), on sale, and on sale
 * no longer. What was bought stays on its version.
 */
export const planVersionMachine = defineMachine({
  noun: "plan_version",
  table: "plan_versions",
  states: ["draft", "publishing", "published", "retired"],
  initial: "draft",
  events: {
    publish_ordered: { from: ["draft"], to: "publishing" },
    publish_refused: { from: ["publishing"], to: "draft" },
    published: { from: ["publishing"], to: "published" },
    retired: { from: ["published"], to: "retired" },
  },
});
export type PlanVersionStatus = (typeof planVersionMachine.states)[number];
