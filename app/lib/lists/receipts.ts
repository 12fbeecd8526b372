import { z } from "zod";
import { day, defineList, searchText } from "./definition.ts";

export const receiptsList = defineList({
  name: "receipts",
  path: "/admin/receipts",
  title: "prices.receipts.title",
  empty: {
    ever: "prices.receipts.none",
    why: "nothing.receipts",
    filtered: "lists.noneMatch",
    next: { to: "/admin/orders", label: "admin.nav.orders" },
  },
  filters: { q: searchText, campaign: z.enum(["with", "without"]), from: day, to: day },
  fields: {
    q: { kind: "search", label: "prices.receipts.query" },
    campaign: {
      kind: "choice",
      label: "prices.receipts.campaign",
      options: [
        { value: "with", label: "prices.receipts.with" },
        { value: "without", label: "prices.receipts.without" },
      ],
    },
    from: { kind: "date", label: "lists.from" },
    to: { kind: "date", label: "lists.to" },
  },
  sorts: { created: "desc" },
});
