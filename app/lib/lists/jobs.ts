import { z } from "zod";
import { JOB_STATES } from "../../../server/queue/input.ts";
import { defineList, searchText } from "./definition.ts";

export const jobsList = defineList({
  name: "jobs",
  path: "/admin/jobs",
  title: "office.jobs.title",
  empty: {
    ever: "office.jobs.none",
    why: "nothing.jobs",
    filtered: "office.jobs.none",
    next: { to: "/admin", label: "admin.nav.queue" },
  },
  filters: { task: searchText, state: z.enum(JOB_STATES) },
  fields: {
    task: { kind: "search", label: "office.jobs.task" },
    state: {
      kind: "choice",
      label: "office.state",
      options: JOB_STATES.map((value) => ({ value, label: `office.jobs.state.${value}` as const })),
    },
  },
  sorts: {},
});
