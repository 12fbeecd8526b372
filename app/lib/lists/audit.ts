import { ACT_CHOICES } from "../office/audit-areas.ts";
import { day, defineList, searchText } from "./definition.ts";

export const auditList = defineList({
  name: "audit",
  path: "/admin/audit",
  title: "security.audit.title",
  empty: {
    ever: "security.audit.none",
    why: "nothing.audit",
    filtered: "security.audit.noneMatch",
    next: { to: "/admin/staff", label: "admin.nav.staff" },
  },
  filters: { actor: searchText, action: searchText, subject: searchText, from: day, to: day },
  fields: {
    actor: { kind: "search", label: "security.audit.actor" },
    action: { kind: "choice", label: "security.audit.action", options: ACT_CHOICES },
    subject: { kind: "search", label: "security.audit.subject" },
    from: { kind: "date", label: "lists.from" },
    to: { kind: "date", label: "lists.to" },
  },
  sorts: { at: "desc" },
});
