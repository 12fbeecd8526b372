import { z } from "zod";
import { TOP_UP_STATUSES } from "../../../server/checkout/input.ts";
import { day, defineList, searchText } from "./definition.ts";

export const topUpsList = defineList({
  name: "topups",
  path: "/admin/credits/top-ups",
  title: "crediting.topUps",
  empty: {
    ever: "crediting.topUps.none",
    why: "nothing.topUps",
    filtered: "lists.noneMatch",
    next: { to: "/admin/credits", label: "admin.nav.credits" },
  },
  filters: { q: searchText, status: z.enum(TOP_UP_STATUSES), from: day, to: day },
  fields: {
    q: { kind: "search", label: "crediting.topUps.query" },
    status: {
      kind: "choice",
      label: "office.state",
      options: TOP_UP_STATUSES.map((value) => ({ value, label: `crediting.topUp.${value}` as const })),
    },
    from: { kind: "date", label: "lists.from" },
    to: { kind: "date", label: "lists.to" },
  },
  sorts: { created: "desc" },
});
