import { z } from "zod";
import { defineList, searchText } from "./definition.ts";

const CURRENCIES = ["SEK", "EUR", "USD"] as const;

export const pricesList = defineList({
  name: "prices",
  path: "/admin/prices/list",
  title: "prices.list.title",
  empty: {
    ever: "prices.list.none",
    why: "nothing.prices",
    filtered: "lists.noneMatch",
    next: { to: "/admin/products", label: "admin.nav.products" },
  },
  filters: { q: searchText, currency: z.enum(CURRENCIES), state: z.enum(["current", "past"]) },
  fields: {
    q: { kind: "search", label: "prices.list.query" },
    currency: {
      kind: "choice",
      label: "prices.list.currency",
      options: [
        { value: "SEK", label: "prices.list.SEK" },
        { value: "EUR", label: "prices.list.EUR" },
        { value: "USD", label: "prices.list.USD" },
      ],
    },
    state: {
      kind: "choice",
      label: "office.state",
      options: [
        { value: "current", label: "prices.list.current" },
        { value: "past", label: "prices.list.past" },
      ],
    },
  },
  sorts: { created: "desc" },
});
