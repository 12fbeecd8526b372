import { eq } from "drizzle-orm";
import { reconciliationStreams } from "../../drizzle/schema/reconciliation.ts";
import { raiseAlert, resolveAlert } from "../kernel/alert.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { ProviderError } from "../kernel/errors.ts";
import type { Sweep } from "../kernel/sweep.ts";
import type { Providers } from "../ports.ts";
import { HANDLED_EVENT_TYPES } from "../webhooks/index.ts";
import { compareObject } from "./compare-object.ts";
import { findPayments } from "./find-payments.ts";
import { followPayouts } from "./follow-payouts.ts";
import { reconcileJob } from "./jobs.ts";
import { dueObjects } from "./open-objects.ts";
import { TYPES_AT_ONCE } from "./provider-journal.ts";
import { claimStream, finishStream, readStream } from "./read-stream.ts";
import { EVENTS, nextReading, OBJECTS, PAYMENTS, PAYOUTS, STREAMS, type StreamPlan } from "./stream.ts";

/** A stream that could not be read for this long after it was due, because the provider does not answer, is told to staff. */
const SILENT_MS = 30 * 60_000;
/** So soon a part that could not be read is tried again, however seldom it is read otherwise. */
const AGAIN_MS = 5 * 60_000;
const AT_ONCE = 5;
/** What is followed, as many types as may be asked for at a time: of a renewal's notes more than half say nothing else. */
const EVENT_TYPES = Array.from({ length: Math.ceil(HANDLED_EVENT_TYPES.length / TYPES_AT_ONCE) }, (_, part) =>
  HANDLED_EVENT_TYPES.slice(part * TYPES_AT_ONCE, (part + 1) * TYPES_AT_ONCE),
);

/**
 * Compares the shop with the provider, so that it comes right with webhooks switched off: takes in the events that never
 * came, adopts payments that we know nothing of, follows what goes to the bank, and looks at the objects that may still change, each once a day. Two calls
 * to the provider every five minutes when nothing happens. Of many workers one does each part. A provider that cannot be
 * asked is asked again at the next turn; after half an hour staff are told (`reconciliation.silent`).
 */
export async function reconcile(ctx: Ctx<Providers>): Promise<void> {
  const { journal, foundEvents } = ctx.providers;
  await turn(ctx, EVENTS, () =>
    readStream(ctx, EVENTS, {
      lists: EVENT_TYPES.map((types) => (range) => journal.listEvents(range, types)),
      take: (events) => foundEvents.takeIn(events),
    }),
  );
  await turn(ctx, PAYMENTS, () =>
    readStream(ctx, PAYMENTS, { lists: [journal.listPayments], take: (noted) => findPayments(ctx, noted) }),
  );
  await turn(ctx, PAYOUTS, () =>
    readStream(ctx, PAYOUTS, { lists: [journal.listPayouts], take: (listed) => followPayouts(ctx, listed) }),
  );
  await turn(ctx, OBJECTS, () => compareObjects(ctx));
}

async function compareObjects(ctx: Ctx<Providers>): Promise<unknown> {
  if (!(await claimStream(ctx, OBJECTS))) return null;
  const objects = await ctx.db.transaction(dueObjects);
  let found = 0;
  for (let at = 0; at < objects.length; at += AT_ONCE) {
    const counts = await Promise.all(objects.slice(at, at + AT_ONCE).map((object) => compareObject(ctx, object)));
    found += counts.reduce((sum, count) => sum + count, 0);
  }
  await finishStream(ctx, OBJECTS, { cursorAt: ctx.now(), seen: objects.length, found });
  return { found };
}

/** One part's turn; `null` from the work: it was not its turn. */
async function turn(ctx: Ctx<Providers>, plan: StreamPlan, work: () => Promise<unknown>): Promise<void> {
  const alert = { kind: "reconciliation.silent", subject: plan.name };
  try {
    if ((await work()) !== null) await ctx.db.transaction((tx) => resolveAlert(tx, alert));
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    ctx.log.warn({ err: error, stream: plan.name }, "the provider could not be compared with");
    await ctx.db.transaction(async (tx) => {
      const [state] = await tx
        .update(reconciliationStreams)
        .set({
          lastError: error.message,
          ranAt: new Date(tx.scope.now.getTime() - Math.max(0, plan.everyMs - AGAIN_MS)),
        })
        .where(eq(reconciliationStreams.name, plan.name))
        .returning({ doneAt: reconciliationStreams.doneAt, cursorAt: reconciliationStreams.cursorAt });
      if (!state || tx.scope.now.getTime() - dueAt(plan, state) < SILENT_MS) return;
      const detail = `The provider has not let itself be asked for ${plan.name} for half an hour: ${error.message}`;
      await raiseAlert(tx, { ...alert, detail });
    });
  }
}

/** When a part was to be read; one that never was, from the first try on: its cursor has not moved since. */
function dueAt(
  plan: StreamPlan,
  { doneAt, cursorAt }: { readonly doneAt: Date | null; readonly cursorAt: Date },
): number {
  return doneAt ? doneAt.getTime() + plan.everyMs : cursorAt.getTime() + plan.firstReachMs;
}

/** When the next part is due, and the job that does it. Between two things that are due nothing drifts, so it is no reason to stop a moving clock. */
export const sweep: Sweep = {
  name: "reconciliation",
  job: reconcileJob,
  wakes: false,
  async nextDue(tx) {
    const rows = await tx.select().from(reconciliationStreams);
    const { now } = tx.scope;
    const due = STREAMS.map((plan) => {
      const state = rows.find((row) => row.name === plan.name);
      return nextReading(plan, state, now).getTime();
    });
    return new Date(Math.min(...due));
  },
};
