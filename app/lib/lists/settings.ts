import { z } from "zod";
import { SETTING_STATES } from "../../../server/reporting/input.ts";
import { defineList, searchText } from "./definition.ts";

export const settingsList = defineList({
  name: "settings",
  path: "/admin/settings",
  title: "settings.effective",
  empty: {
    ever: "lists.noneMatch",
    why: "settings.effective.about",
    filtered: "lists.noneMatch",
    next: { to: "/admin", label: "admin.nav.queue" },
  },
  filters: { q: searchText, state: z.enum(SETTING_STATES) },
  fields: {
    q: { kind: "search", label: "settings.search" },
    state: {
      kind: "choice",
      label: "office.state",
      options: SETTING_STATES.map((value) => ({ value, label: `settings.state.${value}` as const })),
    },
  },
  sorts: { name: "asc" },
});
