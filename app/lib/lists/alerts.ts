import { z } from "zod";
import { ALERT_STATES } from "../../../server/webhooks/input.ts";
import { defineList, searchText } from "./definition.ts";

export const alertsList = defineList({
  name: "alerts",
  path: "/admin/alerts",
  title: "office.alerts.title",
  empty: {
    ever: "office.alerts.none",
    why: "nothing.alerts",
    filtered: "lists.noneMatch",
    next: { to: "/admin", label: "admin.nav.queue" },
  },
  filters: { q: searchText, state: z.enum(ALERT_STATES) },
  fields: {
    q: { kind: "search", label: "office.alerts.query" },
    state: {
      kind: "choice",
      label: "office.state",
      options: ALERT_STATES.map((value) => ({ value, label: `office.alerts.${value}` as const })),
    },
  },
  sorts: { raised: "desc" },
});
