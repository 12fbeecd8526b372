import { z } from "zod";
import { MOVEMENT_REASONS } from "../../../server/inventory/input.ts";
import { defineList, searchText } from "./definition.ts";

/** What came and went of one product; it stands on the product's page. */
export const movementsList = defineList({
  name: "movements",
  path: "/admin/products",
  title: "products.movements",
  empty: {
    ever: "products.noMovements",
    filtered: "lists.noneMatch",
    next: { to: "/admin/products", label: "admin.nav.products" },
  },
  within: "productId",
  filters: { productId: searchText, sku: searchText, reason: z.enum(MOVEMENT_REASONS) },
  fields: {
    sku: { kind: "search", label: "products.sku" },
    reason: {
      kind: "choice",
      label: "products.why",
      options: MOVEMENT_REASONS.map((value) => ({ value, label: `products.reason.${value}` as const })),
    },
  },
  sorts: { at: "desc" },
});
