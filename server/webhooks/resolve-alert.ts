import { and, eq, isNull } from "drizzle-orm";
import { alerts } from "../../drizzle/schema/index.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { webhookErrors } from "./errors.ts";

/**
 * Takes one alert off the list because a member of staff has dealt with it; the act is recorded with the reason.
 * Throws `webhooks.alert_not_found` when it is not open. The same trouble raises a new one.
 */
export async function resolveAlert(ctx: Ctx, input: { readonly id: string; readonly reason: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const open = and(eq(alerts.id, input.id), isNull(alerts.resolvedAt));
    const resolved = await tx.update(alerts).set({ resolvedAt: tx.scope.now }).where(open).returning({ id: alerts.id });
    if (resolved.length === 0) throw webhookErrors.alertNotFound({ id: input.id });
    await recordAct(tx, { action: "alerts.resolve", subject: input.id, reason: input.reason });
  });
}

/** Resolves what is open about one thing, in the transaction of the act that deals with it. */
export async function resolveAlertsOf(tx: Tx, subject: string): Promise<void> {
  const open = and(eq(alerts.subject, subject), isNull(alerts.resolvedAt));
  await tx.update(alerts).set({ resolvedAt: tx.scope.now }).where(open);
}
