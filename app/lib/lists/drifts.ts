import { z } from "zod";
import { DRIFT_KINDS, DRIFT_STATES } from "../../../server/reconciliation/input.ts";
import { defineList, searchText } from "./definition.ts";

export const driftsList = defineList({
  name: "drifts",
  path: "/admin/webhooks/drift",
  title: "drifts.title",
  empty: {
    ever: "drifts.none",
    why: "nothing.drifts",
    filtered: "drifts.noneMatch",
    next: { to: "/admin/webhooks", label: "webhooks.tab.inbox" },
  },
  filters: { q: searchText, kind: z.enum(DRIFT_KINDS), state: z.enum(DRIFT_STATES) },
  fields: {
    q: { kind: "search", label: "drifts.query" },
    kind: {
      kind: "choice",
      label: "drifts.kind",
      options: DRIFT_KINDS.map((value) => ({ value, label: `drifts.kind.${value}` as const })),
    },
    state: {
      kind: "choice",
      label: "office.state",
      options: DRIFT_STATES.map((value) => ({ value, label: `drifts.state.${value}` as const })),
    },
  },
  sorts: { found: "desc" },
});
