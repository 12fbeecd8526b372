import { eq } from "drizzle-orm";
import { webhookEvents } from "../../drizzle/schema/webhooks.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { enqueue } from "../kernel/job.ts";
import { transition } from "../kernel/machine.ts";
import { processWebhook } from "./jobs.ts";
import { resolveAlertsOf } from "./resolve-alert.ts";
import { webhookEventMachine } from "./webhook-event-status.ts";

/**
 * Lets a stored event be followed up once more, because a member of staff decided so. One transaction: the event is
 * received again, its job enqueued, its open alerts resolved, the act recorded. Safe to repeat: effects are written once
 * whatever the event, and one that waits already refuses (`webhook_event.illegal_transition`).
 * Throws `webhook_event.not_found`.
 */
export async function replayEvent(ctx: Ctx, input: { readonly id: string; readonly reason: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await replayIn(tx, input);
    await recordAct(tx, { action: "webhooks.replay", subject: input.id, reason: input.reason });
  });
}

/** The same in the caller's transaction, which records who decided it. */
export async function replayIn(tx: Tx, input: { readonly id: string; readonly reason: string }): Promise<void> {
  await transition(tx, webhookEventMachine, { id: input.id, event: "replayed", reason: input.reason });
  // Whoever replays wants the provider asked, whatever was looked at since it came.
  await tx.update(webhookEvents).set({ place: null }).where(eq(webhookEvents.id, input.id));
  await enqueue(tx, processWebhook, { eventId: input.id });
  await resolveAlertsOf(tx, input.id);
}
