import { sql } from "drizzle-orm";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { lookedAtSince } from "../kernel/look.ts";
import { transitionAll } from "../kernel/machine.ts";
import { send } from "../kernel/send.ts";
import { few } from "../kernel/statement.ts";
import type { EventHandler } from "./event-handler.ts";
import type { StoredEvent } from "./stored-event.ts";
import { webhookEventMachine } from "./webhook-event-status.ts";

/** An event that waits for others about the same customer, with what it is about. */
export type WaitingEvent = {
  readonly event: StoredEvent;
  readonly handler: Pick<EventHandler<never>, "subjects" | "settled">;
  readonly startedAt: Date;
};

/**
 * Marks those events handled for which nothing is left to do: looks at all that they are about, that began after they came,
 * have been written, or what they say is written. One transaction for all of them. Answers their ids. Idempotent; one that is done
 * is left alone, and so is one that is to be looked at whatever is written (a replay has no place).
 */
export async function settleTogether(ctx: Ctx, waiting: readonly WaitingEvent[]): Promise<ReadonlySet<string>> {
  const placed = waiting.filter(({ event }) => event.place !== undefined);
  if (placed.length === 0) return new Set();
  const now = ctx.technical.now().getTime();
  // What is told by now stays told: only what is found needs a transaction.
  const told = await ctx.db.transaction((tx) => settled(tx, placed), { readOnly: true });
  if (told.length === 0) return new Set();
  return ctx.db.transaction(async (tx) => {
    const ids = await transitionAll(tx, webhookEventMachine, {
      ...{ ids: told, event: "handled" },
      alongside: { ...HANDLED, effect: "Nothing was left to do: what it is about was looked at meanwhile." },
    });
    if (ids.length === 0) return new Set();
    const tries = waiting
      .filter(({ event }) => ids.includes(event.id))
      .map(({ event: { id }, startedAt: at }) => ({ id, at: at.toISOString(), milliseconds: now - at.getTime() }));
    const settling = tx.execute(sql`
      insert into webhook_attempts (event_id, outcome, started_at, milliseconds)
      select t.id, 'handled', t.at, t.milliseconds from ${few(tries)} as one,
        json_to_record(one) as t(id text, at timestamptz, milliseconds int)`);
    send(tx, settling);
    return new Set(ids);
  });
}

/** What is noted on an event that is done. */
export const HANDLED = {
  attempts: { sql: "target.attempts + 1" },
  last_error: null,
  handled_at: { sql: "clock_timestamp()" },
} as const;

async function settled(tx: Tx, waiting: readonly WaitingEvent[]): Promise<string[]> {
  const asked = waiting.flatMap(({ event, handler }) => {
    const subjects = handler.subjects?.(event) ?? [];
    return subjects.length === 0 ? [] : [{ id: event.id, place: event.place ?? 0, subjects }];
  });
  // Both at once: who is told by a look is a few of those who are asked about, and a second trip would cost more than that.
  const alike = [...Map.groupBy(waiting, ({ handler }) => handler.settled)];
  const told = await Promise.all([
    asked.length === 0 ? [] : lookedAtSince(tx, asked),
    ...alike.map(([say, of]) =>
      say
        ? say(
            tx,
            of.map(({ event }) => event),
          )
        : [],
    ),
  ]);
  return [...new Set(told.flat())];
}
