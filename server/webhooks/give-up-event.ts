import { sql } from "drizzle-orm";
import { raiseAlert } from "../kernel/alert.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { transition } from "../kernel/machine.ts";
import { moneyOf } from "./event-money.ts";
import { findEvent, type StoredEvent } from "./stored-event.ts";
import { webhookEventMachine } from "./webhook-event-status.ts";

/**
 * Makes an event dead whose job will not run again although nothing of it was recorded: its time was up, or its workers
 * died. Staff are told. Idempotent: an event that is done is left alone. Throws `webhooks.not_found`.
 */
export async function giveUpEvent(
  ctx: Ctx,
  input: { readonly eventId: string; readonly reason: string },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = await findEvent(tx, input.eventId);
    if (event.status !== "received" && event.status !== "retrying") return;
    await stopEvent(tx, event, input.reason);
    await tx.execute(sql`update webhook_events set last_error = ${input.reason} where id = ${event.id}`);
  });
}

/** Makes an event dead whose job staff took out of the queue: they know, so there is no alert. Idempotent. */
export async function layEventAside(
  tx: Tx,
  input: { readonly eventId: string; readonly reason: string },
): Promise<void> {
  const event = await findEvent(tx, input.eventId);
  if (event.status !== "received" && event.status !== "retrying") return;
  await transition(tx, webhookEventMachine, { id: event.id, event: "gave_up", reason: input.reason });
  await tx.execute(sql`update webhook_events set last_error = ${input.reason} where id = ${event.id}`);
}

/** The event is dead from here on, and on the staff's list. */
export async function stopEvent(tx: Tx, event: StoredEvent, reason: string): Promise<void> {
  await transition(tx, webhookEventMachine, { id: event.id, event: "gave_up", reason });
  const detail = `${event.type} could not be processed: ${reason}`.slice(0, 500);
  await raiseAlert(tx, { kind: "webhooks.stopped", subject: event.id, detail, money: moneyOf(event.object) });
}
