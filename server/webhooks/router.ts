import type { StaffRole } from "../kernel/actor.ts";
import { DomainError } from "../kernel/errors.ts";
import { access, router, STAFF } from "../trpc/init.ts";
import { getBatch, listBatches, listBatchItems } from "./batch-queries.ts";
import { confirmBatch, stopBatch } from "./confirm-batch.ts";
import { discardEvent } from "./discard-event.ts";
import { inboxStats } from "./inbox-stats.ts";
import {
  alertInput,
  alertListInput,
  batchConfirmInput,
  batchInput,
  batchItemsInput,
  batchListInput,
  batchStartInput,
  discardInput,
  eventInput,
  eventListInput,
  replayInput,
} from "./input.ts";
import { getEvent, listAlerts, listEvents } from "./queries.ts";
import { replayEvent } from "./replay-event.ts";
import { resolveAlert } from "./resolve-alert.ts";
import { startBatch } from "./start-batch.ts";

/** Those who may act on the inbox; every role may look. */
const ACTING: readonly StaffRole[] = ["owner", "finance", "support"];

const events = router({
  list: access(STAFF)
    .input(eventListInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listEvents(tx, input), { readOnly: true })),
  get: access(STAFF)
    .input(eventInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => getEvent(tx, input.id), { readOnly: true })),
  replay: access({ staff: ACTING })
    .input(replayInput)
    .mutation(async ({ ctx, input }) => {
      if (input.dryRun)
        return {
          replayed: false as const,
          rehearsal: await ctx.providers.rehearsals.rehearse(input.id, ctx.requestId),
        };
      if (!input.reason) throw new DomainError("webhooks.reason_missing", "invalid", "Say why this event is replayed.");
      await replayEvent(ctx, { id: input.id, reason: input.reason });
      return { replayed: true as const, rehearsal: null };
    }),
  discard: access({ staff: ACTING })
    .input(discardInput)
    .mutation(({ ctx, input }) => discardEvent(ctx, input)),
});

const alerts = router({
  list: access(STAFF)
    .input(alertListInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listAlerts(tx, input), { readOnly: true })),
  resolve: access({ staff: ACTING })
    .input(alertInput)
    .mutation(({ ctx, input }) => resolveAlert(ctx, input)),
});

const batches = router({
  list: access(STAFF)
    .input(batchListInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listBatches(tx, input), { readOnly: true })),
  get: access(STAFF)
    .input(batchInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => getBatch(tx, input.id), { readOnly: true })),
  items: access(STAFF)
    .input(batchItemsInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listBatchItems(tx, input), { readOnly: true })),
  start: access({ staff: ACTING })
    .input(batchStartInput)
    .mutation(({ ctx, input }) => startBatch(ctx, input)),
  confirm: access({ staff: ACTING })
    .input(batchConfirmInput)
    .mutation(({ ctx, input }) => confirmBatch(ctx, input)),
  stop: access({ staff: ACTING })
    .input(batchInput)
    .mutation(({ ctx, input }) => stopBatch(ctx, input)),
});

export const webhooksRouter = router({
  batches,
  events,
  alerts,
  stats: access(STAFF).query(({ ctx }) => ctx.db.transaction(inboxStats, { readOnly: true })),
});
