import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { transition } from "../kernel/machine.ts";
import { resolveAlertsOf } from "./resolve-alert.ts";
import { webhookEventMachine } from "./webhook-event-status.ts";

/**
 * Puts a dead event aside for good, with the reason; it stays in the list and can still be replayed. Its open alerts are
 * resolved and the act recorded in the same transaction. Throws `webhook_event.not_found`, or
 * `webhook_event.illegal_transition` when the event is not dead.
 */
export async function discardEvent(ctx: Ctx, input: { readonly id: string; readonly reason: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await discardIn(tx, input);
    await recordAct(tx, { action: "webhooks.discard", subject: input.id, reason: input.reason });
  });
}

/** The same in the caller's transaction, which records who decided it. */
export async function discardIn(tx: Tx, input: { readonly id: string; readonly reason: string }): Promise<void> {
  await transition(tx, webhookEventMachine, { id: input.id, event: "discarded", reason: input.reason });
  await resolveAlertsOf(tx, input.id);
}
