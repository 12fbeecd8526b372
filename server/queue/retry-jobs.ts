import { sql } from "drizzle-orm";
import type { Ctx } from "../kernel/ctx.ts";
import { DomainError } from "../kernel/errors.ts";
import { retryJob } from "./move-job.ts";

/** How many jobs are (or would be) let run now, and how many are left as they are: running, or no more. */
export type ManyRetried = { readonly retried: number; readonly skipped: number };

/**
 * Lets many jobs run now, each like `retryJob` and for itself: one that is running or done is skipped. `dryRun` only
 * counts. Safe to repeat.
 */
export async function retryJobs(
  ctx: Ctx,
  { ids, dryRun }: { readonly ids: readonly string[]; readonly dryRun: boolean },
): Promise<ManyRetried> {
  let retried = 0;
  for (const id of new Set(ids)) if (await (dryRun ? isFree(ctx, id) : retryOne(ctx, id))) retried += 1;
  return { retried, skipped: new Set(ids).size - retried };
}

async function isFree(ctx: Ctx, id: string): Promise<boolean> {
  const [row] = await ctx.db.transaction(
    (tx) =>
      tx.execute<{ state: string }>(
        sql`select state from app.queue_jobs(null, null, ${id}::bigint + 1, 1) where id = ${id}::bigint`,
      ),
    { readOnly: true },
  );
  return row !== undefined && row.state !== "running";
}

async function retryOne(ctx: Ctx, id: string): Promise<boolean> {
  try {
    await retryJob(ctx, { id });
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.code === "queue.not_free") return false;
    throw error;
  }
}
