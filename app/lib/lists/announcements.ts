import { z } from "zod";
import { ANNOUNCEMENT_RESULTS } from "../../../server/pricing/input.ts";
import { defineList, searchText } from "./definition.ts";

export const announcementsList = defineList({
  name: "announcements",
  path: "/admin/announcements",
  title: "campaigns.incoming.title",
  empty: {
    ever: "campaigns.incoming.none",
    why: "nothing.announcements",
    filtered: "campaigns.incoming.noneMatch",
    next: { to: "/admin/campaigns", label: "admin.nav.campaigns" },
  },
  filters: { campaignId: searchText, result: z.enum(ANNOUNCEMENT_RESULTS) },
  fields: {
    campaignId: { kind: "search", label: "campaigns.incoming.campaign" },
    result: {
      kind: "choice",
      label: "campaigns.incoming.result",
      options: ANNOUNCEMENT_RESULTS.map((value) => ({ value, label: `office.campaigns.result.${value}` as const })),
    },
  },
  sorts: { received: "desc" },
});
