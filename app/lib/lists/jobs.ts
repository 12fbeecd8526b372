import { z } from "zod";
import { JOB_STATES } from "../../../server/queue/input.ts";
import { defineList, searchText } from "./definition.ts";

export const jobsList = defineList({
  name: "jobs",
  path: "/admin/jobs",
  title: "jobs.title",
  empty: {
    ever: "jobs.none",
    why: "nothing.jobs",
    filtered: "jobs.none",
    next: { to: "/admin", label: "admin.nav.queue" },
  },
  filters: { task: searchText, state: z.enum(JOB_STATES) },
  fields: {
    task: { kind: "search", label: "jobs.task" },
    state: {
      kind: "choice",
      label: "office.state",
      options: JOB_STATES.map((value) => ({ value, label: `jobs.state.${value}` as const })),
    },
  },
  sorts: {},
});
