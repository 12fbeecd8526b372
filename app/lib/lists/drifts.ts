import { z } from "zod";
import { DRIFT_KINDS, DRIFT_STATES } from "../../../server/reconciliation/input.ts";
import { defineList, searchText } from "./definition.ts";

export const driftsList = defineList({
  name: "drifts",
  path: "/admin/webhooks/drift",
  title: "office.drift.title",
  empty: {
    ever: "office.drift.none",
    why: "nothing.drifts",
    filtered: "office.drift.noneMatch",
    next: { to: "/admin/webhooks", label: "office.webhooks.tab.inbox" },
  },
  filters: { q: searchText, kind: z.enum(DRIFT_KINDS), state: z.enum(DRIFT_STATES) },
  fields: {
    q: { kind: "search", label: "office.drift.query" },
    kind: {
      kind: "choice",
      label: "office.drift.kind",
      options: DRIFT_KINDS.map((value) => ({ value, label: `office.drift.kind.${value}` as const })),
    },
    state: {
      kind: "choice",
      label: "office.state",
      options: DRIFT_STATES.map((value) => ({ value, label: `office.drift.state.${value}` as const })),
    },
  },
  sorts: { found: "desc" },
});
