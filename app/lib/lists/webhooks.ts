import { z } from "zod";
import { WEBHOOK_STATUSES } from "../../../server/webhooks/input.ts";
import { shopInstant } from "../format/shop-instant.ts";
import { defineList, type FiltersOf, moment, searchText, stateChoice } from "./definition.ts";

export const webhooksList = defineList({
  name: "webhooks",
  path: "/admin/webhooks",
  title: "webhooks.title",
  empty: {
    ever: "webhooks.none",
    why: "nothing.webhooks",
    filtered: "webhooks.noneMatch",
    next: { to: "/admin/webhooks/drift", label: "webhooks.tab.drift" },
  },
  filters: {
    q: searchText,
    type: searchText,
    status: z.enum(WEBHOOK_STATUSES),
    from: moment,
    until: moment,
    own: z.literal("1"),
  },
  fields: {
    q: { kind: "search", label: "webhooks.query" },
    type: { kind: "search", label: "webhooks.type" },
    status: stateChoice("webhook", WEBHOOK_STATUSES),
    from: { kind: "moment", label: "webhooks.from" },
    until: { kind: "moment", label: "webhooks.until" },
    own: {
      kind: "choice",
      label: "webhooks.ownLabel",
      options: [{ value: "1", label: "webhooks.own" }],
    },
  },
  sorts: { time: "desc" },
});

/** What the procedure takes: the shop's clock as instants, and the choice as yes or no. */
export function askedEvents({ from, until, own, ...rest }: FiltersOf<typeof webhooksList.filters>) {
  return { ...rest, from: shopInstant(from), until: shopInstant(until), own: own === "1" };
}
