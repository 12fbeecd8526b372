import { defineMachine } from "../kernel/machine.ts";

/**
 * The moving of everybody who pays for one version of a plan to another. It is worked off in pages: stopped between them,
 * taken up again, and undone as far as nothing has come into force. A move that is made now is reckoned first, for each what
 * it costs, and begins when somebody has seen that.
 */
export const planMigrationMachine = defineMachine({
  noun: "plan_migration",
  table: "plan_migrations",
  states: ["running", "quoting", "quoted", "dropped", "stopped", "done", "undoing", "undone"],
  initial: "running",
  events: {
    quotes_asked: { from: ["running"], to: "quoting" },
    quoted: { from: ["quoting"], to: "quoted" },
    begun: { from: ["quoted"], to: "running" },
    dropped: { from: ["quoting", "quoted"], to: "dropped" },
    stopped: { from: ["running"], to: "stopped" },
    resumed: { from: ["stopped"], to: "running" },
    completed: { from: ["running"], to: "done" },
    undo_ordered: { from: ["running", "stopped", "done"], to: "undoing" },
    undone: { from: ["undoing"], to: "undone" },
  },
});
export type PlanMigrationStatus = (typeof planMigrationMachine.states)[number];
