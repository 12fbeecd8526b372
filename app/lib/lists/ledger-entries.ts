import { z } from "zod";
import { POSTING_PHASE_CHOICES } from "../../../server/ledger/input.ts";
import { day, defineList, searchText } from "./definition.ts";

export const ledgerEntriesList = defineList({
  name: "entries",
  path: "/admin/ledger/entries",
  title: "ledger.entries",
  empty: {
    ever: "ledger.none",
    why: "nothing.ledger",
    filtered: "lists.noneMatch",
    next: { to: "/admin/orders", label: "admin.nav.orders" },
  },
  filters: {
    account: searchText,
    what: z.string().max(60),
    about: searchText,
    phase: z.enum(POSTING_PHASE_CHOICES),
    from: day,
    to: day,
  },
  fields: {
    account: { kind: "search", label: "ledger.account" },
    what: { kind: "search", label: "ledger.whatQuery" },
    about: { kind: "search", label: "ledger.aboutQuery" },
    phase: {
      kind: "choice",
      label: "ledger.phase",
      options: POSTING_PHASE_CHOICES.map((value) => ({ value, label: `ledger.phase.${value}` as const })),
    },
    from: { kind: "date", label: "lists.from" },
    to: { kind: "date", label: "lists.to" },
  },
  sorts: { at: "desc" },
});
