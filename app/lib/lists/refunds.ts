import { z } from "zod";
import { REFUND_STATUSES } from "../../../server/payments/input.ts";
import { day, defineList, searchText, stateChoice } from "./definition.ts";

export const refundsList = defineList({
  name: "refunds",
  path: "/admin/refunds",
  title: "refunds.list",
  empty: {
    ever: "refunds.none",
    why: "nothing.refunds",
    filtered: "lists.noneMatch",
    next: { to: "/admin/orders", label: "admin.nav.orders" },
  },
  filters: { q: searchText, status: z.enum(REFUND_STATUSES), from: day, to: day },
  fields: {
    q: { kind: "search", label: "refunds.query" },
    status: stateChoice("refund", REFUND_STATUSES),
    from: { kind: "date", label: "lists.from" },
    to: { kind: "date", label: "lists.to" },
  },
  sorts: { created: "desc" },
});
