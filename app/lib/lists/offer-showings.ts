import { z } from "zod";
import { defineList } from "./definition.ts";

const ANSWERS = ["accepted", "declined", "open"] as const;

export const offerShowingsList = defineList({
  name: "showings",
  path: "/admin/offers",
  title: "offers.showings",
  empty: {
    ever: "offers.showings.none",
    filtered: "lists.noneMatch",
    next: { to: "/admin/offers", label: "offers.title" },
  },
  filters: { answer: z.enum(ANSWERS), offerId: z.string().max(100) },
  fields: {
    answer: {
      kind: "choice",
      label: "offers.answer",
      options: ANSWERS.map((value) => ({ value, label: `offers.answer.${value}` as const })),
    },
  },
  within: "offerId",
  sorts: { shown: "desc" },
});
