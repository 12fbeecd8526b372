import { sql } from "drizzle-orm";
import type { Ctx } from "../kernel/ctx.ts";
import { RULES } from "./rules.ts";

const BATCH = 2_000;
/** A day's worth and more; what is left waits for the next day. */
const MOST_BATCHES = 500;
const DAY_MS = 86_400_000;

/**
 * Removes what is not kept any longer, in short batches, each a transaction of its own, so that nobody waits for it.
 * Idempotent; once a day. Answers how much of each was removed.
 */
export async function prune(ctx: Ctx, batch = BATCH): Promise<Readonly<Record<string, number>>> {
  const removed: Record<string, number> = {};
  for (const rule of RULES) {
    const now = rule.clock === "business" ? ctx.now() : ctx.technical.now();
    const before = new Date(now.getTime() - rule.days * DAY_MS).toISOString();
    removed[rule.what] = await inBatches(ctx, batch, (limit) => rule.prune(before, limit));
  }
  removed.provider_looks = await pruneLooks(ctx, batch);
  ctx.log.info({ removed }, "pruned what is kept no longer");
  return removed;
}

async function inBatches(
  ctx: Ctx,
  batch: number,
  statement: (limit: number) => ReturnType<typeof sql>,
): Promise<number> {
  let removed = 0;
  for (let round = 0; round < MOST_BATCHES; round++) {
    const count = await ctx.db.transaction(async (tx) => (await tx.execute(statement(batch))).count);
    removed += count;
    if (count < batch) break;
  }
  return removed;
}

/**
 * Looks at the provider that are older than the last pruning: they have no instant but a place in the order of looks, so
 * each pruning remembers where that order stood. No look is under way for longer than a job may take.
 */
async function pruneLooks(ctx: Ctx, batch: number): Promise<number> {
  const mark = await ctx.db.transaction(async (tx) => {
    const at = ctx.technical.now().toISOString();
    const [row] = await tx.execute<{ place: string; at: string }>(
      sql`select place, at from retention_marks where name = 'look_order' for update`,
    );
    if (row && ctx.technical.now().getTime() - new Date(row.at).getTime() < DAY_MS / 2) return null;
    await tx.execute(sql`
      insert into retention_marks (name, place, at) values ('look_order', nextval('look_order'), ${at})
      on conflict (name) do update set place = excluded.place, at = excluded.at`);
    return row ? Number(row.place) : null;
  });
  if (mark === null) return 0;
  return inBatches(
    ctx,
    batch,
    (limit) =>
      sql`delete from provider_looks where subject in (select subject from provider_looks where ended < ${mark} limit ${limit})`,
  );
}
