import { and, asc, count, eq, gt, sql } from "drizzle-orm";
import type { z } from "zod";
import { webhookBatches, webhookBatchItems, webhookEvents } from "../../drizzle/schema/webhooks.ts";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import { keyset } from "../kernel/page.ts";
import { type Batch, findBatch } from "./confirm-batch.ts";
import type { batchItemsInput, batchListInput } from "./input.ts";

export type BatchPhase = "trying" | "ready" | "running" | "done" | "stopped";

/** Where an act on many events stands, told by its instants. */
export function phaseOf(batch: Pick<Batch, "stoppedAt" | "finishedAt" | "startedAt" | "rehearsedAt">): BatchPhase {
  if (batch.stoppedAt) return "stopped";
  if (batch.finishedAt) return "done";
  if (batch.startedAt) return "running";
  return batch.rehearsedAt ? "ready" : "trying";
}

/** Acts on many events, newest first. */
export async function listBatches(tx: Tx, input: Asked<typeof batchListInput>) {
  const by = { by: webhookBatches.createdAt, id: webhookBatches.id, type: "timestamptz" } as const;
  const place = keyset(input, { ...by, direction: input.direction ?? "desc" });
  const matching = input.act && eq(webhookBatches.act, input.act);
  const rows = await tx
    .select({ batch: webhookBatches, cursorAt: place.cursorAt })
    .from(webhookBatches)
    .where(and(matching, place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const total = input.counted ? await countUpTo(tx, sql`from ${webhookBatches} where ${matching ?? sql`true`}`) : null;
  const shown = rows.map(({ batch, cursorAt }) => {
    const { id, act, total, reason, createdBy, createdAt } = batch;
    return { id, act, total, reason, createdBy, createdAt, phase: phaseOf(batch), cursorAt };
  });
  return { ...place.page(shown), total };
}

/** One act on many: what was chosen, what would happen to each, how far it is. */
export async function getBatch(tx: Tx, input: z.output<typeof batchItemsInput>) {
  const batch = await findBatch(tx, input.id);
  const tallies = await tx
    .select({ would: webhookBatchItems.would, outcome: webhookBatchItems.outcome, count: count() })
    .from(webhookBatchItems)
    .where(eq(webhookBatchItems.batchId, input.id))
    .groupBy(webhookBatchItems.would, webhookBatchItems.outcome);
  const items = await tx
    .select({
      position: webhookBatchItems.position,
      eventId: webhookBatchItems.eventId,
      type: webhookEvents.type,
      objectId: webhookEvents.objectId,
      status: webhookEvents.status,
      would: webhookBatchItems.would,
      wouldEffect: webhookBatchItems.wouldEffect,
      outcome: webhookBatchItems.outcome,
      note: webhookBatchItems.note,
    })
    .from(webhookBatchItems)
    .innerJoin(webhookEvents, eq(webhookEvents.id, webhookBatchItems.eventId))
    .where(and(eq(webhookBatchItems.batchId, input.id), gt(webhookBatchItems.position, input.after)))
    .orderBy(asc(webhookBatchItems.position))
    .limit(input.limit + 1);
  const { id, act, selection, total, truncated, reason, createdBy, createdAt } = batch;
  const sum = (of: (one: (typeof tallies)[number]) => boolean) =>
    tallies.filter(of).reduce((whole, one) => whole + one.count, 0);
  return {
    id,
    act,
    selection: JSON.stringify(selection),
    total,
    truncated,
    reason,
    createdBy,
    createdAt,
    phase: phaseOf(batch),
    tried: sum((one) => one.would !== null),
    wouldHandle: sum((one) => one.would === "handled"),
    wouldIgnore: sum((one) => one.would === "ignored"),
    wouldFail: sum((one) => one.would === "fails"),
    done: sum((one) => one.outcome !== null),
    skipped: sum((one) => one.outcome === "skipped"),
    items: items.slice(0, input.limit),
    nextAfter: items.length > input.limit ? (items[input.limit - 1]?.position ?? null) : null,
  };
}
