import { z } from "zod";
import { STAFF_STATES } from "../../../server/identity/input.ts";
import { defineList, searchText } from "./definition.ts";

export const ROLES = ["owner", "finance", "support", "marketing", "read_only"] as const;

export const staffList = defineList({
  name: "staff",
  path: "/admin/staff",
  title: "security.staff.title",
  empty: {
    ever: "lists.noneMatch",
    why: "nothing.staff",
    filtered: "lists.noneMatch",
    next: { to: "/admin", label: "admin.nav.queue" },
  },
  filters: { q: searchText, role: z.enum(ROLES), state: z.enum(STAFF_STATES) },
  fields: {
    q: { kind: "search", label: "security.staff.query" },
    role: {
      kind: "choice",
      label: "security.staff.role",
      options: ROLES.map((value) => ({ value, label: `errors.role.${value}` as const })),
    },
    state: {
      kind: "choice",
      label: "office.state",
      options: STAFF_STATES.map((value) => ({ value, label: `security.staff.state.${value}` as const })),
    },
  },
  sorts: { email: "asc" },
});
