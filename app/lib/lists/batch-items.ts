import { z } from "zod";
import { BATCH_OUTCOMES, BATCH_WOULDS } from "../../../server/webhooks/input.ts";
import { defineList, searchText } from "./definition.ts";

/** The events of one act on many; it stands on the act's page. */
export const batchItemsList = defineList({
  name: "batchitems",
  path: "/admin/webhooks/batches",
  title: "webhooks.batch.items",
  empty: {
    ever: "lists.noneMatch",
    filtered: "lists.noneMatch",
    next: { to: "/admin/webhooks", label: "webhooks.tab.inbox" },
  },
  within: "batchId",
  filters: { batchId: searchText, would: z.enum(BATCH_WOULDS), outcome: z.enum(BATCH_OUTCOMES) },
  fields: {
    would: {
      kind: "choice",
      label: "webhooks.batch.would",
      options: BATCH_WOULDS.map((value) => ({ value, label: `webhooks.batch.would.${value}` as const })),
    },
    outcome: {
      kind: "choice",
      label: "webhooks.batch.outcome",
      options: BATCH_OUTCOMES.map((value) => ({ value, label: `webhooks.batch.outcome.${value}` as const })),
    },
  },
  sorts: { position: "asc" },
});
