import { z } from "zod";
import { INVOICE_DUES, INVOICE_STATUSES } from "../../../server/billing/input.ts";
import { day, defineList, searchText, stateChoice } from "./definition.ts";

export const invoicesList = defineList({
  name: "invoices",
  path: "/admin/invoices",
  title: "invoices.title",
  empty: {
    ever: "invoices.none",
    why: "nothing.invoices",
    filtered: "invoices.noneMatch",
    next: { to: "/admin/memberships", label: "admin.nav.memberships" },
  },
  filters: {
    q: searchText,
    customer: searchText,
    status: z.enum(INVOICE_STATUSES),
    due: z.enum(INVOICE_DUES),
    from: day,
    to: day,
  },
  fields: {
    q: { kind: "search", label: "invoices.query" },
    customer: { kind: "search", label: "invoices.customerQuery" },
    status: stateChoice("invoice", INVOICE_STATUSES),
    due: {
      kind: "choice",
      label: "invoices.due",
      options: INVOICE_DUES.map((value) => ({ value, label: `invoices.due.${value}` as const })),
    },
    from: { kind: "date", label: "lists.from" },
    to: { kind: "date", label: "lists.to" },
  },
  sorts: { created: "desc", total: "desc" },
});
