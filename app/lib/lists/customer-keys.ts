import { z } from "zod";
import { KEY_STATES } from "../../../server/api-keys/input.ts";
import { defineList, searchText } from "./definition.ts";

/** One customer's API keys, on a page of their own. */
export const customerKeysList = defineList({
  name: "keys",
  path: "/admin/customers",
  title: "balance.keys.ofCustomer",
  empty: {
    ever: "balance.keys.ofCustomerNone",
    filtered: "lists.noneMatch",
    next: { to: "/admin/customers", label: "admin.nav.customers" },
  },
  within: "customerId",
  filters: { customerId: searchText, q: searchText, state: z.enum(KEY_STATES) },
  fields: {
    q: { kind: "search", label: "balance.keys.query" },
    state: {
      kind: "choice",
      label: "office.state",
      options: KEY_STATES.map((value) => ({ value, label: `balance.keys.state.${value}` as const })),
    },
  },
  sorts: { created: "desc" },
});
