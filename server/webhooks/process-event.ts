import { sql } from "drizzle-orm";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { DomainError, isFinalRefusal } from "../kernel/errors.ts";
import { redactText } from "../kernel/log.ts";
import { transition } from "../kernel/machine.ts";
import { send } from "../kernel/send.ts";
import { statement } from "../kernel/statement.ts";
import { webhookErrors } from "./errors.ts";
import { deskOf } from "./event-desk.ts";
import type { EventHandlers, MarkHandled } from "./event-handler.ts";
import { stopEvent } from "./give-up-event.ts";
import { HANDLED } from "./settle-together.ts";
import { findEvent, type StoredEvent } from "./stored-event.ts";
import { webhookEventMachine } from "./webhook-event-status.ts";

export type ProcessResult = {
  /** `already`: somebody else was done with it first. */
  readonly outcome: "handled" | "ignored" | "dead" | "already";
  readonly type: string;
  readonly receivedAt: Date;
};

/**
 * Follows up one stored event: calls the use case that its type names and marks the event in that use case's own
 * transaction, so that the effect and the mark exist together or not at all. Idempotent: an event that is done is left
 * alone. What can never succeed (a refusal, a payload of another shape), and what still fails at the last attempt, makes
 * the event dead with the reason, for a person, and the job is done; nothing else waits behind it. Any other failure is
 * recorded and thrown, so that the queue tries again later.
 */
export async function processEvent<Providers>(
  ctx: Ctx<Providers>,
  input: { readonly eventId: string; readonly lastAttempt: boolean },
  handlers: EventHandlers<Providers>,
): Promise<ProcessResult> {
  const startedAt = ctx.technical.now();
  const desk = deskOf(ctx);
  const event = await desk.read({ ctx, id: input.eventId });
  if (!event) throw webhookErrors.notFound({ id: input.eventId });
  const result = (outcome: ProcessResult["outcome"]) => ({ outcome, type: event.type, receivedAt: event.receivedAt });
  if (event.status !== "received" && event.status !== "retrying") return result("already");

  const attempt = (tx: Tx, outcome: Attempt["outcome"], rest: Partial<Attempt> = {}) =>
    recordAttempt(tx, event, {
      outcome,
      startedAt,
      milliseconds: ctx.technical.now().getTime() - startedAt.getTime(),
      ...rest,
    });
  const handler = Object.hasOwn(handlers, event.type) ? handlers[event.type] : undefined;
  try {
    if (!handler) {
      await ctx.db.transaction(async (tx) => {
        await transition(tx, webhookEventMachine, { id: event.id, event: "ignored", alongside: HANDLED });
        attempt(tx, "ignored");
      });
      return result("ignored");
    }
    let marked = false;
    const also: MarkHandled = async (tx, effect, result) => {
      const alongside = { ...HANDLED, effect, ...(result ? { result: JSON.stringify(result) } : {}) };
      const handled = transition(tx, webhookEventMachine, { id: event.id, event: "handled", alongside });
      // Should it be done already, the transaction ends without this, too.
      attempt(tx, "handled");
      await handled;
      marked = true;
    };
    const waiting = { event, ctx, startedAt, handler };
    const payer = desk.payerOf(event);
    // Of somebody of whom nothing was followed up just now there is nothing to find out that way.
    if (desk.recent.has(payer) && (await desk.settle(waiting))) return result("handled");
    const how = await desk.inTurn(payer, waiting, async () => {
      await handler.run(ctx, event, also);
      desk.recent.add(payer);
    });
    if (how === "along") return result("handled");
    if (!marked) await ctx.db.transaction((tx) => also(tx, "Nothing had to be done."));
    return result("handled");
  } catch (error) {
    if (error instanceof DomainError && error.code === "webhook_event.illegal_transition") return result("already");
    const stops = isFinalRefusal(error) || input.lastAttempt;
    await ctx.db.transaction((tx) => recordFailure(tx, ctx, event, stops, reasonOf(error), attempt));
    if (!stops) throw error;
    ctx.log.error({ err: error, event: event.id, type: event.type }, "a webhook event needs a person");
    return result("dead");
  }
}

type Attempt = {
  outcome: "handled" | "ignored" | "failed" | "dead";
  error?: string;
  startedAt: Date;
  milliseconds: number;
};

function reasonOf(error: unknown): string {
  const text =
    error instanceof DomainError
      ? `${error.code}: ${error.message}`
      : error instanceof Error
        ? `${error.name}: ${error.message}`
        : String(error);
  return redactText(text).slice(0, 2_000);
}

async function recordFailure(
  tx: Tx,
  ctx: Ctx,
  event: StoredEvent,
  stops: boolean,
  reason: string,
  attempt: (tx: Tx, outcome: Attempt["outcome"], rest: Partial<Attempt>) => void,
): Promise<void> {
  const { status } = await findEvent(tx, event.id);
  if (status !== "received" && status !== "retrying") return;
  if (stops) {
    await stopEvent(tx, event, reason);
  } else if (status === "received") {
    await transition(tx, webhookEventMachine, { id: event.id, event: "retry_scheduled", reason });
  }
  attempt(tx, stops ? "dead" : "failed", { error: reason });
  if (!stops) ctx.log.warn({ event: event.id, type: event.type, reason }, "a webhook event will be tried again");
}

function recordAttempt(tx: Tx, event: StoredEvent, attempt: Attempt): void {
  const { outcome, error = null, startedAt } = attempt;
  send(tx, {
    execute: () =>
      statement(
        tx,
        `insert into webhook_attempts (event_id, outcome, error, started_at, milliseconds) values ($1, $2, $3, $4, $5)`,
        [event.id, outcome, error, startedAt.toISOString(), Math.round(attempt.milliseconds)],
      ),
  });
  if (error === null) return;
  const failed = tx.execute(sql`
    update webhook_events set attempts = attempts + 1, last_error = ${error}, effect = null, handled_at = null
    where id = ${event.id}`);
  send(tx, failed);
}
