import { and, eq, isNull } from "drizzle-orm";
import { apiKeys } from "../../drizzle/schema/api-keys.ts";
import type { Session } from "../identity/index.ts";
import { actorName } from "../kernel/actor.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { apiKeyErrors } from "./errors.ts";

/**
 * Ends one of one's own keys: from the next request on every process refuses it. What it has reserved is released when its
 * time is over. Idempotent; the act is recorded once. Throws `api_keys.not_found` for anybody else's.
 */
export async function revokeKey(ctx: Ctx, own: { readonly session: Session; readonly id: string }): Promise<void> {
  await revoke(ctx, { id: own.id, userId: own.session.userId, reason: null });
}

/**
 * Ends every key that one has, at once and everywhere: for whoever thinks that somebody else knows one. Idempotent; each end is
 * recorded. Answers how many ended.
 */
export async function revokeAllKeys(ctx: Ctx, { session }: { readonly session: Session }): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const ended = await tx
      .update(apiKeys)
      .set({ revokedAt: ctx.technical.now(), revokedBy: actorName(tx.scope.actor) })
      .where(and(eq(apiKeys.userId, session.userId), isNull(apiKeys.organizationId), isNull(apiKeys.revokedAt)))
      .returning({ id: apiKeys.id });
    for (const { id } of ended) await recordAct(tx, { action: "api_keys.revoke", subject: id, reason: null });
    return ended.length;
  });
}

/** Staff end a customer's key, with a reason. Idempotent; the act is recorded once. Throws `api_keys.not_found`. */
export async function revokeCustomersKey(
  ctx: Ctx,
  act: { readonly id: string; readonly reason: string },
): Promise<void> {
  await revoke(ctx, { ...act, userId: null });
}

async function revoke(ctx: Ctx, key: { id: string; userId: string | null; reason: string | null }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const own = key.userId === null ? undefined : and(eq(apiKeys.userId, key.userId), isNull(apiKeys.organizationId));
    const mine = and(eq(apiKeys.id, key.id), own);
    const [found] = await tx.select({ id: apiKeys.id }).from(apiKeys).where(mine);
    if (!found) throw apiKeyErrors.notFound();
    const revoked = await tx
      .update(apiKeys)
      .set({ revokedAt: ctx.technical.now(), revokedBy: actorName(tx.scope.actor) })
      .where(and(mine, isNull(apiKeys.revokedAt)))
      .returning({ id: apiKeys.id });
    if (revoked.length > 0) await recordAct(tx, { action: "api_keys.revoke", subject: key.id, reason: key.reason });
  });
}
