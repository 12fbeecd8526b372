import { z } from "zod";
import { ORDER_GOODS, ORDER_STATUSES } from "../../../server/orders/input.ts";
import { day, defineList, searchText, stateChoice } from "./definition.ts";

export const ordersList = defineList({
  name: "orders",
  path: "/admin/orders",
  title: "office.orders.title",
  empty: {
    ever: "office.orders.none",
    why: "nothing.orders",
    filtered: "office.orders.noneMatch",
    next: { to: "/", label: "lists.next.shop" },
  },
  filters: { q: searchText, status: z.enum(ORDER_STATUSES), goods: z.enum(ORDER_GOODS), from: day, to: day },
  fields: {
    q: { kind: "search", label: "office.orders.query" },
    status: stateChoice("order", ORDER_STATUSES),
    goods: {
      kind: "choice",
      label: "office.orders.goods",
      options: [
        { value: "awaiting", label: "office.orders.goods.awaiting" },
        { value: "under_way", label: "office.orders.goods.underWay" },
        { value: "none", label: "office.orders.goods.none" },
      ],
    },
    from: { kind: "date", label: "lists.from" },
    to: { kind: "date", label: "lists.to" },
  },
  sorts: { placed: "desc", total: "desc" },
});
