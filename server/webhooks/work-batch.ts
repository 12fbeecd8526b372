import { and, asc, eq, isNull } from "drizzle-orm";
import { webhookBatches, webhookBatchItems } from "../../drizzle/schema/webhooks.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { DomainError } from "../kernel/errors.ts";
import { enqueue } from "../kernel/job.ts";
import { type Batch, findBatch } from "./confirm-batch.ts";
import { discardIn } from "./discard-event.ts";
import { workBatchJob } from "./jobs.ts";
import type { Rehearsals } from "./rehearsal.ts";
import { replayIn } from "./replay-event.ts";

/** Events of one run of the job: short, so that a worker that stops loses little. */
const STEP = 40;
const AT_ONCE = 4;

/**
 * Goes on with an act on many events by one bounded step, and enqueues itself for the next. First the dry run of each,
 * which changes nothing; when it is confirmed the act itself, each event with its mark in one transaction, so that a step
 * that runs twice does nothing twice. An event that is in no state for it any more is skipped, with the reason; one that is gone is left out.
 */
export async function workBatch(
  ctx: Ctx<{ rehearsals: Rehearsals }>,
  input: { readonly batchId: string },
): Promise<void> {
  const batch = await ctx.db.transaction((tx) => findBatch(tx, input.batchId));
  if (batch.stoppedAt ?? batch.finishedAt) return;
  if (batch.rehearsedAt && !batch.startedAt) return;
  const items = await ctx.db.transaction((tx) => nextItems(tx, batch));
  for (let at = 0; at < items.length; at += AT_ONCE)
    await Promise.all(
      items
        .slice(at, at + AT_ONCE)
        .map((item) => (batch.startedAt ? act(ctx, batch, item) : rehearse(ctx, batch, item))),
    );
  await ctx.db.transaction(async (tx) => {
    if (items.length === STEP) return enqueue(tx, workBatchJob, input, { key: `${workBatchJob.name}:${batch.id}` });
    const at = ctx.technical.now();
    await tx
      .update(webhookBatches)
      .set(batch.startedAt ? { finishedAt: at } : { rehearsedAt: at })
      .where(eq(webhookBatches.id, batch.id));
  });
}

type Item = { readonly position: number; readonly eventId: string };

function nextItems(tx: Tx, batch: Batch): Promise<Item[]> {
  const todo = batch.startedAt ? isNull(webhookBatchItems.outcome) : isNull(webhookBatchItems.would);
  return tx
    .select({ position: webhookBatchItems.position, eventId: webhookBatchItems.eventId })
    .from(webhookBatchItems)
    .where(and(eq(webhookBatchItems.batchId, batch.id), todo))
    .orderBy(asc(webhookBatchItems.position))
    .limit(STEP);
}

async function rehearse(ctx: Ctx<{ rehearsals: Rehearsals }>, batch: Batch, item: Item): Promise<void> {
  const { outcome, effect } = await ctx.providers.rehearsals.rehearse(item.eventId, ctx.requestId).catch(ifGone);
  await ctx.db.transaction((tx) => write(tx, batch, item, { would: outcome, wouldEffect: effect.slice(0, 500) }));
}

/** Events are kept only so long: one that goes meanwhile takes its place in the batch with it, and stops nothing. */
function ifGone(error: unknown): { outcome: "fails"; effect: string } {
  if (!(error instanceof DomainError) || error.code !== "webhooks.not_found") throw error;
  return { outcome: "fails", effect: error.message };
}

async function act(ctx: Ctx, batch: Batch, item: Item): Promise<void> {
  const input = { id: item.eventId, reason: `${batch.reason ?? ""} (${batch.id})`.trim() };
  try {
    await ctx.db.transaction(async (tx) => {
      const [current] = await tx
        .select({ outcome: webhookBatchItems.outcome })
        .from(webhookBatchItems)
        .where(itemOf(batch, item))
        .for("update");
      if (!current || current.outcome !== null) return;
      await (batch.act === "replay" ? replayIn(tx, input) : discardIn(tx, input));
      await write(tx, batch, item, { outcome: batch.act === "replay" ? "replayed" : "discarded" });
    });
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "webhook_event.illegal_transition") throw error;
    await ctx.db.transaction((tx) => write(tx, batch, item, { outcome: "skipped", note: error.message }));
  }
}

const itemOf = (batch: Batch, item: Item) =>
  and(eq(webhookBatchItems.batchId, batch.id), eq(webhookBatchItems.position, item.position));

async function write(
  tx: Tx,
  batch: Batch,
  item: Item,
  what: Partial<typeof webhookBatchItems.$inferInsert>,
): Promise<void> {
  await tx.update(webhookBatchItems).set(what).where(itemOf(batch, item));
}
