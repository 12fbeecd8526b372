import { z } from "zod";
import { WITHDRAWAL_STATUSES } from "../../../server/withdrawals/input.ts";
import { day, defineList, searchText, stateChoice } from "./definition.ts";

export const withdrawalsList = defineList({
  name: "withdrawals",
  path: "/admin/withdrawals",
  title: "refunds.withdrawal.list",
  empty: {
    ever: "refunds.withdrawal.none",
    why: "nothing.withdrawals",
    filtered: "lists.noneMatch",
    next: { to: "/admin/orders", label: "admin.nav.orders" },
  },
  filters: { q: searchText, status: z.enum(WITHDRAWAL_STATUSES), from: day, to: day },
  fields: {
    q: { kind: "search", label: "refunds.withdrawal.query" },
    status: stateChoice("withdrawal", WITHDRAWAL_STATUSES),
    from: { kind: "date", label: "lists.from" },
    to: { kind: "date", label: "lists.to" },
  },
  sorts: { received: "desc" },
});
