import { z } from "zod";
import { BATCH_ACTS } from "../../../server/webhooks/input.ts";
import { defineList } from "./definition.ts";

export const batchesList = defineList({
  name: "batches",
  path: "/admin/webhooks/batches",
  title: "webhooks.batch.title",
  empty: {
    ever: "webhooks.batch.none",
    why: "nothing.batches",
    filtered: "lists.noneMatch",
    next: { to: "/admin/webhooks", label: "webhooks.tab.inbox" },
  },
  filters: { act: z.enum(BATCH_ACTS) },
  fields: {
    act: {
      kind: "choice",
      label: "webhooks.batch.act",
      options: BATCH_ACTS.map((value) => ({ value, label: `webhooks.batch.act.${value}` as const })),
    },
  },
  sorts: { when: "desc" },
});
