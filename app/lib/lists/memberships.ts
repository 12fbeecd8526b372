import { z } from "zod";
import { MEMBERSHIP_STATUSES } from "../../../server/subscriptions/input.ts";
import { defineList, searchText, stateChoice } from "./definition.ts";

export const membershipsList = defineList({
  name: "memberships",
  path: "/admin/memberships",
  title: "office.memberships.title",
  empty: {
    ever: "office.memberships.none",
    why: "nothing.memberships",
    filtered: "office.memberships.noneMatch",
    next: { to: "/membership", label: "lists.next.shop" },
  },
  filters: { q: searchText, status: z.enum(MEMBERSHIP_STATUSES) },
  fields: {
    q: { kind: "search", label: "office.memberships.query" },
    status: stateChoice("membership", MEMBERSHIP_STATUSES),
  },
  sorts: { since: "desc" },
});
