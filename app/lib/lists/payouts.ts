import { z } from "zod";
import { PAYOUT_STATUSES } from "../../../server/payments/input.ts";
import { day, defineList, searchText, stateChoice } from "./definition.ts";

export const payoutsList = defineList({
  name: "payouts",
  path: "/admin/payouts",
  title: "payouts.list",
  empty: {
    ever: "payouts.none",
    why: "nothing.payouts",
    filtered: "lists.noneMatch",
    next: { to: "/admin/orders", label: "admin.nav.orders" },
  },
  filters: { q: searchText, status: z.enum(PAYOUT_STATUSES), from: day, to: day },
  fields: {
    q: { kind: "search", label: "payouts.query" },
    status: stateChoice("payout", PAYOUT_STATUSES),
    from: { kind: "date", label: "lists.from" },
    to: { kind: "date", label: "lists.to" },
  },
  sorts: { created: "desc" },
});
