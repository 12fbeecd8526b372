import { z } from "zod";
import { BATCH_ACTS } from "../../../server/webhooks/input.ts";
import { defineList } from "./definition.ts";

export const batchesList = defineList({
  name: "batches",
  path: "/admin/webhooks/batches",
  title: "office.batch.title",
  empty: {
    ever: "office.batch.none",
    why: "nothing.batches",
    filtered: "lists.noneMatch",
    next: { to: "/admin/webhooks", label: "office.webhooks.tab.inbox" },
  },
  filters: { act: z.enum(BATCH_ACTS) },
  fields: {
    act: {
      kind: "choice",
      label: "office.batch.act",
      options: BATCH_ACTS.map((value) => ({ value, label: `office.batch.act.${value}` as const })),
    },
  },
  sorts: { when: "desc" },
});
