import { z } from "zod";
import { ENDPOINT_STATES } from "../../../server/announcements/input.ts";
import { defineList, searchText } from "./definition.ts";

export const endpointsList = defineList({
  name: "endpoints",
  path: "/admin/endpoints",
  title: "campaigns.endpoints.title",
  empty: {
    ever: "campaigns.endpoints.none",
    why: "nothing.endpoints",
    filtered: "lists.noneMatch",
    next: { to: "/admin/campaigns", label: "admin.nav.campaigns" },
  },
  filters: { q: searchText, state: z.enum(ENDPOINT_STATES) },
  fields: {
    q: { kind: "search", label: "campaigns.endpoints.query" },
    state: {
      kind: "choice",
      label: "campaigns.endpoints.state",
      options: ENDPOINT_STATES.map((value) => ({ value, label: `campaigns.endpoints.${value}` as const })),
    },
  },
  sorts: { created: "asc" },
});
