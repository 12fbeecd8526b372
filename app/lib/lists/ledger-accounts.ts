import { z } from "zod";
import { defineList, searchText } from "./definition.ts";

export const ledgerAccountsList = defineList({
  name: "ledger",
  path: "/admin/ledger",
  title: "ledger.title",
  empty: {
    ever: "ledger.none",
    why: "nothing.ledger",
    filtered: "lists.noneMatch",
    next: { to: "/admin/orders", label: "admin.nav.orders" },
  },
  filters: { q: searchText, kind: z.string().max(30) },
  fields: { q: { kind: "search", label: "ledger.query" }, kind: { kind: "search", label: "ledger.kindQuery" } },
  sorts: { id: "asc" },
});
