import { z } from "zod";
import { CAMPAIGN_STATUSES } from "../../../server/pricing/input.ts";
import { defineList, searchText, stateChoice } from "./definition.ts";

export const campaignsList = defineList({
  name: "campaigns",
  path: "/admin/campaigns",
  title: "office.campaigns.title",
  empty: {
    ever: "office.campaigns.none",
    why: "nothing.campaigns",
    filtered: "office.campaigns.noneMatch",
    next: { to: "/admin/announcements", label: "campaigns.incoming.link" },
  },
  filters: { q: searchText, status: z.enum(CAMPAIGN_STATUSES) },
  fields: {
    q: { kind: "search", label: "office.campaigns.query" },
    status: stateChoice("campaign", CAMPAIGN_STATUSES),
  },
  sorts: { created: "desc" },
});
