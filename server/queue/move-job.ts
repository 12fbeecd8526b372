import { sql } from "drizzle-orm";
import { resolveAlert } from "../kernel/alert.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { layEventAside, processWebhook } from "../webhooks/index.ts";
import { queueErrors } from "./errors.ts";

/**
 * Lets a job run now, because a member of staff decided so: its attempts begin anew, and its alert goes. Recorded. Safe
 * to repeat: jobs are idempotent. Throws `queue.not_free` when it runs at the moment or is no more.
 */
export async function retryJob(ctx: Ctx, input: { readonly id: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const about = await subjectOf(tx, input.id);
    const [row] = await tx.execute<{ task: string | null }>(sql`select app.queue_retry(${input.id}::bigint) as task`);
    if (!row?.task) throw queueErrors.notFree({ id: input.id });
    await settle(tx, row.task, about);
    await recordAct(tx, { action: "queue.retry", subject: `${row.task} ${input.id}`, reason: null });
  });
}

/**
 * Takes a job out of the queue for good, with the reason: what it would have done is not done. A webhook's event becomes a
 * dead letter, from where it can be replayed. Recorded. Throws `queue.not_free` when it runs at the moment or is no more.
 */
export async function giveUpJob(ctx: Ctx, input: { readonly id: string; readonly reason: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const about = await subjectOf(tx, input.id);
    const [row] = await tx.execute<{ task: string | null }>(sql`select app.queue_remove(${input.id}::bigint) as task`);
    if (!row?.task) throw queueErrors.notFree({ id: input.id });
    await settle(tx, row.task, about);
    await recordAct(tx, { action: "queue.give_up", subject: `${row.task} ${input.id}`, reason: input.reason });
    if (row.task === processWebhook.name && about !== null)
      await layEventAside(tx, { eventId: about, reason: input.reason });
  });
}

type Tx = Parameters<Parameters<Ctx["db"]["transaction"]>[0]>[0];

/** The first id in its payload, which its alert is about. */
async function subjectOf(tx: Tx, id: string): Promise<string | null> {
  const [row] = await tx.execute<{ payload: string }>(
    sql`select payload from app.queue_jobs(null, null, ${id}::bigint + 1, 1) where id = ${id}::bigint`,
  );
  const payload = JSON.parse(row?.payload ?? "{}") as Record<string, unknown>;
  return (Object.values(payload).find((value) => typeof value === "string") as string | undefined) ?? null;
}

async function settle(tx: Tx, task: string, about: string | null): Promise<void> {
  await resolveAlert(tx, { kind: "jobs.stopped", subject: about === null ? task : `${task} ${about}` });
}
