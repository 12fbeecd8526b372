import { z } from "zod";
import { DELIVERY_STATES } from "../../../server/announcements/input.ts";
import { defineList, searchText } from "./definition.ts";

/** What was sent to one receiver; it stands on the receiver's page. */
export const deliveriesList = defineList({
  name: "deliveries",
  path: "/admin/endpoints",
  title: "campaigns.endpoints.deliveries",
  empty: {
    ever: "campaigns.endpoints.noDeliveries",
    filtered: "lists.noneMatch",
    next: { to: "/admin/campaigns", label: "admin.nav.campaigns" },
  },
  within: "endpointId",
  filters: { endpointId: searchText, campaignId: searchText, state: z.enum(DELIVERY_STATES) },
  fields: {
    campaignId: { kind: "search", label: "campaigns.incoming.campaign" },
    state: {
      kind: "choice",
      label: "office.state",
      options: DELIVERY_STATES.map((value) => ({ value, label: `campaigns.endpoints.delivery.${value}` as const })),
    },
  },
  sorts: { created: "desc" },
});
