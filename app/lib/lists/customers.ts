import { z } from "zod";
import { CUSTOMER_FLAG_WORDS, CUSTOMER_KINDS } from "../../../server/reporting/input.ts";
import { day, defineList, searchText } from "./definition.ts";

export const customersList = defineList({
  name: "customers",
  path: "/admin/customers",
  title: "office.customers.title",
  empty: {
    ever: "office.customers.none",
    why: "nothing.customers",
    filtered: "office.customers.noneMatch",
    next: { to: "/", label: "lists.next.shop" },
  },
  filters: {
    q: searchText,
    kind: z.enum(CUSTOMER_KINDS),
    flag: z.enum(CUSTOMER_FLAG_WORDS),
    from: day,
    to: day,
  },
  fields: {
    q: { kind: "search", label: "office.customers.query" },
    kind: {
      kind: "choice",
      label: "office.customers.kind",
      options: CUSTOMER_KINDS.map((value) => ({ value, label: `office.customers.kind.${value}` as const })),
    },
    flag: {
      kind: "choice",
      label: "office.customers.flag",
      options: CUSTOMER_FLAG_WORDS.map((value) => ({ value, label: `office.customers.flag.${value}` as const })),
    },
    from: { kind: "date", label: "lists.from" },
    to: { kind: "date", label: "lists.to" },
  },
  sorts: { since: "desc", email: "asc" },
});
