import { z } from "zod";
import { PRODUCT_KINDS } from "../../../server/catalog/input.ts";
import { defineList, searchText } from "./definition.ts";

export const productsList = defineList({
  name: "products",
  path: "/admin/products",
  title: "office.products.title",
  empty: {
    ever: "office.products.none",
    why: "nothing.products",
    filtered: "lists.noneMatch",
    next: { to: "/admin/products/new", label: "products.new" },
  },
  filters: { q: searchText, kind: z.enum(PRODUCT_KINDS), sold: z.enum(["on", "off"]) },
  fields: {
    q: { kind: "search", label: "office.products.query" },
    kind: {
      kind: "choice",
      label: "office.products.kind",
      options: PRODUCT_KINDS.map((value) => ({ value, label: `office.products.kind.${value}` as const })),
    },
    sold: {
      kind: "choice",
      label: "office.state",
      options: [
        { value: "on", label: "products.onSale" },
        { value: "off", label: "products.offSale" },
      ],
    },
  },
  sorts: { id: "asc" },
});
