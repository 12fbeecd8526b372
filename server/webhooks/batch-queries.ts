import { and, count, eq, sql } from "drizzle-orm";
import { webhookBatches, webhookBatchItems, webhookEvents } from "../../drizzle/schema/webhooks.ts";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import { withWho } from "../kernel/names.ts";
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
  const page = place.page(shown);
  return { ...page, items: await withWho(tx, page.items, ({ createdBy }) => createdBy), total };
}

/** One act on many: what was chosen and how far it is. What happens to each: {@link listBatchItems}. */
export async function getBatch(tx: Tx, batchId: string) {
  const batch = await findBatch(tx, batchId);
  const tallies = await tx
    .select({ would: webhookBatchItems.would, outcome: webhookBatchItems.outcome, count: count() })
    .from(webhookBatchItems)
    .where(eq(webhookBatchItems.batchId, batchId))
    .groupBy(webhookBatchItems.would, webhookBatchItems.outcome);
  const { id, act, selection, total, truncated, reason, createdBy, createdAt } = batch;
  const [by] = await withWho(tx, [{ createdBy }], (one) => one.createdBy);
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
    who: by?.who ?? null,
    createdAt,
    phase: phaseOf(batch),
    tried: sum((one) => one.would !== null),
    wouldHandle: sum((one) => one.would === "handled"),
    wouldIgnore: sum((one) => one.would === "ignored"),
    wouldFail: sum((one) => one.would === "fails"),
    done: sum((one) => one.outcome !== null),
    skipped: sum((one) => one.outcome === "skipped"),
  };
}

/** What happens, or happened, to each event of one act, in the order they were chosen. */
export async function listBatchItems(tx: Tx, input: Asked<typeof batchItemsInput> & { readonly batchId: string }) {
  const { position, eventId, batchId, would, wouldEffect, outcome, note } = webhookBatchItems;
  const by = { by: position, id: eventId, type: "bigint" } as const;
  const place = keyset(input, { ...by, direction: input.direction ?? "asc" });
  const wanted = and(
    eq(batchId, input.batchId),
    input.would && eq(would, input.would),
    input.outcome && eq(outcome, input.outcome),
  );
  const { type, objectId, status } = webhookEvents;
  const rows = await tx
    .select({
      id: eventId,
      position,
      type,
      objectId,
      status,
      would,
      wouldEffect,
      outcome,
      note,
      cursorAt: place.cursorAt,
    })
    .from(webhookBatchItems)
    .innerJoin(webhookEvents, eq(webhookEvents.id, eventId))
    .where(and(wanted, place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const total = input.counted ? await countUpTo(tx, sql`from ${webhookBatchItems} where ${wanted}`) : null;
  return { ...place.page(rows), total };
}
