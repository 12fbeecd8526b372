import { and, eq, isNull, lte, or, sql } from "drizzle-orm";
import { reconciliationStreams } from "../../drizzle/schema/reconciliation.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { JournalPage, JournalRange } from "./provider-journal.ts";
import type { StreamPlan } from "./stream.ts";

/** Pages of one run; what is left is read by the next, from where this one came to. */
const MAX_PAGES = 40;

type Noted = { readonly externalId: string; readonly at: Date };
export type StreamWork<Item extends Noted> = {
  /** What there is to be read, in one or several lists of the provider's, each newest first. */
  readonly lists: readonly ((range: JournalRange) => Promise<JournalPage<Item>>)[];
  /** Deals with a page; answers how much of it was news. Safe to be given the same things again. */
  take(items: readonly Item[]): Promise<number>;
};
export type Reading = { readonly seen: number; readonly found: number };

/** Takes a stream's turn if it is due, so that of many workers one reads it. Null: it is not due, or somebody else has it. */
export async function claimStream(ctx: Ctx, plan: StreamPlan) {
  return ctx.db.transaction(async (tx) => {
    const { now } = tx.scope;
    await tx
      .insert(reconciliationStreams)
      .values({ name: plan.name, cursorAt: new Date(now.getTime() - plan.firstReachMs) })
      .onConflictDoNothing();
    const due = new Date(now.getTime() - plan.everyMs);
    const backwards = sql`${reconciliationStreams.ranAt} > ${new Date(now.getTime() + 60_000).toISOString()}`;
    const [claimed] = await tx
      .update(reconciliationStreams)
      .set({ ranAt: now })
      .where(
        and(
          eq(reconciliationStreams.name, plan.name),
          or(isNull(reconciliationStreams.ranAt), lte(reconciliationStreams.ranAt, due), backwards),
        ),
      )
      .returning();
    return claimed ?? null;
  });
}

/**
 * Reads what the provider noted since the cursor, with an overlap, newest first as it answers, and hands each page on; of
 * several lists the one that has been read least far goes on.
 * The cursor moves only when a reading of all has come down to it; one that is too long for a run goes on where it stopped.
 * Null when it is not this stream's turn.
 */
export async function readStream<Item extends Noted>(
  ctx: Ctx,
  plan: StreamPlan,
  work: StreamWork<Item>,
  maxPages = MAX_PAGES,
): Promise<Reading | null> {
  const state = await claimStream(ctx, plan);
  if (!state) return null;
  const walkFrom = state.walkFrom ?? new Date(ctx.now().getTime() - plan.graceMs);
  const from = new Date(Math.min(state.cursorAt.getTime(), walkFrom.getTime()) - plan.overlapMs);
  const to = state.walkDownTo ?? walkFrom;
  let [seen, found] = [0, 0];
  const left = work.lists.map((list) => ({ list, after: null as string | null, lowest: to }));
  const read = async (): Promise<readonly Item[] | null> => {
    const next = left.toSorted((a, b) => b.lowest.getTime() - a.lowest.getTime())[0];
    if (!next) return null;
    const { items, more } = await next.list({ from, to, after: next.after });
    const last = items.at(-1);
    if (more && last) [next.after, next.lowest] = [last.externalId, last.at];
    else left.splice(left.indexOf(next), 1);
    return items;
  };
  let listed = await read();
  for (let page = 1; listed; page++) {
    seen += listed.length;
    // The next page is on its way while this one is dealt with.
    const [news, following] = await Promise.all([work.take(listed), page < maxPages ? read() : null]);
    found += news;
    listed = following;
  }
  const rest =
    left.length > 0
      ? { walkFrom, walkDownTo: new Date(Math.max(...left.map(({ lowest }) => lowest.getTime()))), ranAt: null }
      : { cursorAt: walkFrom, walkFrom: null, walkDownTo: null };
  await finishStream(ctx, plan, { ...rest, seen, found });
  return { seen, found };
}

type Finish = Partial<typeof reconciliationStreams.$inferInsert>;

/** Writes down how a stream's turn went well. */
export async function finishStream(ctx: Ctx, plan: StreamPlan, state: Finish): Promise<void> {
  await ctx.db.transaction((tx) =>
    tx
      .update(reconciliationStreams)
      .set({ doneAt: tx.scope.now, lastError: null, ...state })
      .where(eq(reconciliationStreams.name, plan.name)),
  );
}
