import { z } from "zod";
import { OFFER_STATES } from "../../../server/offers/input.ts";
import { defineList } from "./definition.ts";

export const offersList = defineList({
  name: "offers",
  path: "/admin/offers",
  title: "offers.title",
  empty: {
    ever: "offers.none",
    why: "nothing.offers",
    filtered: "lists.noneMatch",
    next: { to: "/admin/offers/new", label: "offers.new" },
  },
  filters: { state: z.enum(OFFER_STATES) },
  fields: {
    state: {
      kind: "choice",
      label: "offers.state",
      options: OFFER_STATES.map((value) => ({ value, label: `offers.${value}` as const })),
    },
  },
  sorts: { created: "desc" },
});
