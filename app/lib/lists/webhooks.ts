import { z } from "zod";
import { WEBHOOK_STATUSES } from "../../../server/webhooks/input.ts";
import { shopInstant } from "../format/shop-instant.ts";
import { defineList, type FiltersOf, moment, searchText, stateChoice } from "./definition.ts";

export const webhooksList = defineList({
  name: "webhooks",
  path: "/admin/webhooks",
  title: "office.webhooks.title",
  empty: {
    ever: "office.webhooks.none",
    why: "nothing.webhooks",
    filtered: "office.webhooks.noneMatch",
    next: { to: "/admin/webhooks/drift", label: "office.webhooks.tab.drift" },
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
    q: { kind: "search", label: "office.webhooks.query" },
    type: { kind: "search", label: "office.webhooks.type" },
    status: stateChoice("webhook", WEBHOOK_STATUSES),
    from: { kind: "moment", label: "office.webhooks.from" },
    until: { kind: "moment", label: "office.webhooks.until" },
    own: {
      kind: "choice",
      label: "office.webhooks.ownLabel",
      options: [{ value: "1", label: "office.webhooks.own" }],
    },
  },
  sorts: { time: "desc" },
});

/** What the procedure takes: the shop's clock as instants, and the choice as yes or no. */
export function askedEvents({ from, until, own, ...rest }: FiltersOf<typeof webhooksList.filters>) {
  return { ...rest, from: shopInstant(from), until: shopInstant(until), own: own === "1" };
}
