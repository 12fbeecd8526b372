import { z } from "zod";
import { day, defineList, searchText } from "./definition.ts";

const KINDS = ["company", "personal"] as const;
const STATES = ["open", "closed"] as const;

export const organizationsList = defineList({
  name: "organizations",
  path: "/admin/organizations",
  title: "organizations.office.title",
  empty: {
    ever: "organizations.office.none",
    why: "nothing.organizations",
    filtered: "organizations.office.noneMatch",
    next: { to: "/admin/customers", label: "admin.nav.customers" },
  },
  filters: { q: searchText, kind: z.enum(KINDS), state: z.enum(STATES), from: day, to: day },
  fields: {
    q: { kind: "search", label: "organizations.office.query" },
    kind: {
      kind: "choice",
      label: "organizations.office.kind",
      options: KINDS.map((value) => ({ value, label: `organizations.office.kind.${value}` as const })),
    },
    state: {
      kind: "choice",
      label: "organizations.office.state",
      options: STATES.map((value) => ({ value, label: `organizations.office.state.${value}` as const })),
    },
    from: { kind: "date", label: "lists.from" },
    to: { kind: "date", label: "lists.to" },
  },
  sorts: { since: "desc" },
});
