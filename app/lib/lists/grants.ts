import { z } from "zod";
import { GRANT_STATES, GRANTED_FOR } from "../../../server/credits/input.ts";
import { defineList, searchText } from "./definition.ts";

/** One customer's grants of credits; it stands on the page of the customer's credits. */
export const grantsList = defineList({
  name: "grants",
  path: "/admin/credits",
  title: "crediting.grants",
  empty: {
    ever: "crediting.grants.none",
    filtered: "lists.noneMatch",
    next: { to: "/admin/credits", label: "admin.nav.credits" },
  },
  within: "customerId",
  filters: { customerId: searchText, source: z.enum(GRANTED_FOR), state: z.enum(GRANT_STATES) },
  fields: {
    source: {
      kind: "choice",
      label: "crediting.source",
      options: GRANTED_FOR.map((value) => ({ value, label: `crediting.source.${value}` as const })),
    },
    state: {
      kind: "choice",
      label: "office.state",
      options: GRANT_STATES.map((value) => ({ value, label: `crediting.state.${value}` as const })),
    },
  },
  sorts: { created: "desc" },
});
