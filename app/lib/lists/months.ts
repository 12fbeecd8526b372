import { day, defineList } from "./definition.ts";

export const monthsList = defineList({
  name: "months",
  path: "/admin/report",
  title: "report.title",
  empty: {
    ever: "report.none",
    why: "nothing.months",
    filtered: "report.none",
    next: { to: "/admin/memberships", label: "admin.nav.memberships" },
  },
  filters: { from: day, to: day },
  fields: { from: { kind: "date", label: "lists.from" }, to: { kind: "date", label: "lists.to" } },
  sorts: { month: "desc" },
});
