import { and, asc, eq, gte, inArray, lt, ne } from "drizzle-orm";
import type { z } from "zod";
import { webhookBatches, webhookBatchItems, webhookEvents } from "../../drizzle/schema/webhooks.ts";
import { actorName } from "../kernel/actor.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { enqueue } from "../kernel/job.ts";
import { webhookErrors } from "./errors.ts";
import type { batchStartInput } from "./input.ts";
import { workBatchJob } from "./jobs.ts";
import { webhookEventMachine } from "./webhook-event-status.ts";

/** Events of one act; what matches beyond is left for another. */
export const MOST = 1_000;

/**
 * Prepares an act on many events: remembers which they are, oldest first, and lets a job find out what the act would do
 * to each without doing it. Nothing happens to them until it is confirmed. The same idempotency key is the same act: its
 * id is answered again. At most 1,000 events; `truncated` says that there were more. Throws `webhooks.batch_empty`.
 */
export async function startBatch(ctx: Ctx, input: z.output<typeof batchStartInput>): Promise<{ id: string }> {
  return ctx.db.transaction(async (tx) => {
    const key = `${actorName(ctx.actor)}:${input.idempotencyKey}`;
    const [known] = await tx
      .select({ id: webhookBatches.id })
      .from(webhookBatches)
      .where(eq(webhookBatches.idempotencyKey, key));
    if (known) return known;
    const found = await matching(tx, input);
    if (found.length === 0) throw webhookErrors.batchEmpty();
    const events = found.slice(0, MOST);
    const id = newId("whb");
    const technicalNow = ctx.technical.now();
    const [made] = await tx
      .insert(webhookBatches)
      .values({
        id,
        act: input.act,
        selection: input.selection,
        idempotencyKey: key,
        createdBy: actorName(ctx.actor),
        total: events.length,
        truncated: found.length > MOST,
        createdAt: technicalNow,
        // What discarding does needs no trying.
        rehearsedAt: input.act === "discard" ? technicalNow : null,
      })
      .onConflictDoNothing()
      .returning({ id: webhookBatches.id });
    if (!made) {
      const [first] = await tx
        .select({ id: webhookBatches.id })
        .from(webhookBatches)
        .where(eq(webhookBatches.idempotencyKey, key));
      return first ?? { id };
    }
    await tx
      .insert(webhookBatchItems)
      .values(events.map((event, position) => ({ batchId: id, position: position + 1, eventId: event.id })));
    if (input.act === "replay") await enqueue(tx, workBatchJob, { batchId: id }, { key: `${workBatchJob.name}:${id}` });
    return { id };
  });
}

async function matching(tx: Tx, { act, selection }: z.output<typeof batchStartInput>) {
  const legal = webhookEventMachine.events[act === "replay" ? "replayed" : "discarded"].from;
  const { ids, status, type, from, until } = selection;
  return tx
    .select({ id: webhookEvents.id })
    .from(webhookEvents)
    .where(
      and(
        inArray(webhookEvents.status, [...legal]),
        ne(webhookEvents.source, "self_test"),
        ids && inArray(webhookEvents.id, ids),
        status && eq(webhookEvents.status, status),
        type ? eq(webhookEvents.type, type) : undefined,
        from ? gte(webhookEvents.receivedAt, new Date(from)) : undefined,
        until ? lt(webhookEvents.receivedAt, new Date(until)) : undefined,
      ),
    )
    .orderBy(asc(webhookEvents.receivedAt), asc(webhookEvents.id))
    .limit(MOST + 1);
}
