import type { StaffRole } from "../kernel/actor.ts";
import { DomainError } from "../kernel/errors.ts";
import { access, router, STAFF } from "../trpc/init.ts";
import { discardEvent } from "./discard-event.ts";
import { alertInput, alertListInput, discardInput, eventInput, eventListInput, replayInput } from "./input.ts";
import { getEvent, inboxStats, listAlerts, listEvents } from "./queries.ts";
import { replayEvent } from "./replay-event.ts";
import { resolveAlert } from "./resolve-alert.ts";

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

export const webhooksRouter = router({
  events,
  alerts,
  stats: access(STAFF).query(({ ctx }) => ctx.db.transaction(inboxStats, { readOnly: true })),
});
