import { eq } from "drizzle-orm";
import { webhookBatches } from "../../drizzle/schema/webhooks.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { enqueue } from "../kernel/job.ts";
import { webhookErrors } from "./errors.ts";
import { workBatchJob } from "./jobs.ts";

export type Batch = typeof webhookBatches.$inferSelect;

/** Throws `webhooks.batch_not_found`. `lock` holds it until the transaction ends. */
export async function findBatch(tx: Tx, id: string, options: { lock?: boolean } = {}): Promise<Batch> {
  const query = tx.select().from(webhookBatches).where(eq(webhookBatches.id, id));
  const [batch] = await (options.lock ? query.for("update") : query);
  if (!batch) throw webhookErrors.batchNotFound({ id });
  return batch;
}

/**
 * Lets an act on many events happen, because a member of staff decided so after its dry run; a job does it in steps. The
 * decision is recorded with the reason. Throws `webhooks.batch_not_found`, `webhooks.batch_not_ready` while the dry run is
 * under way, `webhooks.batch_started` when it was confirmed before, `webhooks.batch_over` when it was stopped.
 */
export async function confirmBatch(ctx: Ctx, input: { readonly id: string; readonly reason: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const batch = await findBatch(tx, input.id, { lock: true });
    if (batch.stoppedAt) throw webhookErrors.batchOver();
    if (batch.startedAt) throw webhookErrors.batchStarted();
    if (!batch.rehearsedAt) throw webhookErrors.batchNotReady();
    const started = { startedAt: ctx.technical.now(), reason: input.reason };
    await tx.update(webhookBatches).set(started).where(eq(webhookBatches.id, input.id));
    await enqueue(tx, workBatchJob, { batchId: input.id }, { key: `${workBatchJob.name}:${input.id}` });
    await recordAct(tx, { action: `webhooks.${batch.act}_many`, subject: input.id, reason: input.reason });
  });
}

/**
 * Calls off an act on many events: what was done stays done, nothing more is. Throws `webhooks.batch_not_found`, or
 * `webhooks.batch_over` when it is done or was stopped before.
 */
export async function stopBatch(ctx: Ctx, input: { readonly id: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const batch = await findBatch(tx, input.id, { lock: true });
    if (batch.stoppedAt ?? batch.finishedAt) throw webhookErrors.batchOver();
    await tx.update(webhookBatches).set({ stoppedAt: ctx.technical.now() }).where(eq(webhookBatches.id, input.id));
    await recordAct(tx, { action: "webhooks.stop_many", subject: input.id, reason: batch.reason });
  });
}
