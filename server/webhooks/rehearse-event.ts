import { sql } from "drizzle-orm";
import type { Ctx } from "../kernel/ctx.ts";
import type { Database, Tx } from "../kernel/db.ts";
import { DomainError } from "../kernel/errors.ts";
import { redactText } from "../kernel/log.ts";
import { queueJobs } from "../kernel/queue-jobs.ts";
import type { EventHandlers } from "./event-handler.ts";
import { WouldCall } from "./looking-only.ts";
import { findEvent } from "./stored-event.ts";
import { changesSince, historyPlaces, type TriedChange } from "./tried-changes.ts";

/** What a replay would do, found out without doing it. */
export type Rehearsal = {
  /** The use case that its type names; null: nothing follows this type, it would be ignored. */
  readonly useCase: string | null;
  readonly summary: string | null;
  /** The object as the provider holds it now; null where the handler cannot show it or there is none. */
  readonly current: Readonly<Record<string, string | number | boolean | null>> | null;
  readonly outcome: "handled" | "ignored" | "fails";
  /** One sentence of what would happen, or of why it would fail. */
  readonly effect: string;
  /** Whose state would be another, with the one before and the one after. */
  readonly changes: readonly TriedChange[];
  /** The jobs that would follow. */
  readonly follows: readonly string[];
};

/** Ends a transaction that was only tried; it never leaves this file. */
class RehearsalOver extends Error {}

/**
 * Runs the use case of a stored event against the provider's current state and rolls every transaction of it back, so
 * that staff see the effect of a replay before it happens. Changes nothing and enqueues nothing. Needs a context that may
 * write what the use case writes (the system's), on providers that are only looked at (`lookingOnly`). Throws `webhooks.not_found`.
 */
export async function rehearseEvent<Providers>(
  ctx: Ctx<Providers>,
  input: { readonly eventId: string },
  handlers: EventHandlers<Providers>,
): Promise<Rehearsal> {
  const stored = await ctx.db.transaction((tx) => findEvent(tx, input.eventId), { readOnly: true });
  // As a replay does, it asks the provider, whatever was looked at since the event came.
  const event = { ...stored, place: undefined };
  const handler = Object.hasOwn(handlers, event.type) ? handlers[event.type] : undefined;
  if (!handler) {
    return {
      useCase: null,
      summary: null,
      current: null,
      outcome: "ignored",
      effect: "Nothing follows events of this type.",
      changes: [],
      follows: [],
    };
  }
  const told: Told = { effect: "Nothing would have to be done.", changes: [], follows: new Set() };
  const tried: Ctx<Providers> = { ...ctx, db: rolledBack(ctx.db, told) };
  const { useCase, summary } = handler;
  const [current, failure] = await Promise.all([
    handler.look?.(ctx, event).catch(() => null) ?? null,
    handler
      .run(tried, event, async (_tx, effect) => {
        told.effect = effect;
      })
      .then(
        () => null,
        (error: unknown) => {
          if (!(error instanceof WouldCall)) return reasonOf(error);
          told.effect = error.message;
          return null;
        },
      ),
  ]);
  const found = { useCase, summary, current };
  if (failure !== null) return { ...found, outcome: "fails", effect: failure, changes: [], follows: [] };
  const { effect, changes, follows } = told;
  return { ...found, outcome: "handled", effect, changes, follows: [...follows].toSorted() };
}

/** What is found out on the way. */
type Told = { effect: string; changes: TriedChange[]; follows: Set<string> };

/** A database on which everything happens as it would and nothing stays. */
function rolledBack(db: Database, told: Told): Database {
  return {
    async transaction(work, options) {
      const kept: { result?: Awaited<ReturnType<typeof work>> } = {};
      try {
        await db.transaction(
          async (tx) => {
            const before = options?.readOnly ? null : await historyPlaces(tx);
            kept.result = await work(tx);
            for (const name of await enqueuedIn(tx)) told.follows.add(name);
            if (before) told.changes.push(...(await changesSince(tx, before)));
            throw new RehearsalOver();
          },
          { ...options, readOnly: false, alone: false },
        );
      } catch (error) {
        if (!(error instanceof RehearsalOver)) throw error;
      }
      return kept.result as Awaited<ReturnType<typeof work>>;
    },
  };
}

async function enqueuedIn(tx: Tx): Promise<string[]> {
  await queueJobs(tx);
  const rows = await tx.execute<{ identifier: string }>(sql`
    select distinct tasks.identifier from graphile_worker._private_jobs jobs
    join graphile_worker._private_tasks tasks on tasks.id = jobs.task_id
    where jobs.xmin = pg_current_xact_id()::xid`);
  return rows.map((row) => row.identifier);
}

function reasonOf(error: unknown): string {
  if (error instanceof DomainError) return `${error.code}: ${error.message}`;
  return redactText(error instanceof Error ? error.message : String(error)).slice(0, 500);
}
