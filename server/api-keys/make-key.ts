import { and, count, eq, gt, isNull, or, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { apiKeys } from "../../drizzle/schema/api-keys.ts";
import type { Session } from "../identity/index.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { hashToken, newId } from "../kernel/id.ts";
import { apiKeyErrors } from "./errors.ts";
import type { makeKeyInput } from "./input.ts";
import { keyPrefix, newKeySecret } from "./key-secret.ts";

/** Keys that work at the same time, per user or organization. */
export const MAX_KEYS = 50;
/** Requests in a minute where its owner says nothing else. */
export const RATE_LIMIT = 6_000;
export const DAY_MS = 86_400_000;

export type MadeKey = {
  readonly id: string;
  /** The key itself: answered this once and stored nowhere. */
  readonly secret: string;
  readonly prefix: string;
};

/**
 * Makes an API key for the one who is signed in: it acts for that customer, within its scopes, rate limit and budget. Only
 * its hash is stored. The act is recorded. One at a time for each user, so that the limit is exact. Throws `api_keys.no_customer`,
 * `api_keys.too_many`.
 */
export async function makeKey(
  ctx: Ctx,
  wish: z.output<typeof makeKeyInput> & { readonly session: Session; readonly live: boolean },
): Promise<MadeKey> {
  const { userId, customerId } = wish.session;
  if (!customerId) throw apiKeyErrors.noCustomer();
  const id = newId("key");
  const secret = newKeySecret(wish);
  const at = ctx.technical.now();
  await ctx.db.transaction(async (tx) => {
    await requireRoom(tx, { holder: userId, of: and(eq(apiKeys.userId, userId), isNull(apiKeys.organizationId)), at });
    await tx.insert(apiKeys).values({
      id,
      userId,
      customerId,
      name: wish.name,
      prefix: keyPrefix(secret),
      tokenHash: hashToken(secret),
      scopes: [...new Set(wish.scopes)],
      rateLimit: wish.rateLimit ?? RATE_LIMIT,
      budgetCredits: wish.budgetCredits ?? null,
      budgetPeriod: wish.budgetCredits === undefined ? null : wish.budgetPeriod,
      createdAt: at,
      expiresAt: wish.days === undefined ? null : new Date(at.getTime() + wish.days * DAY_MS),
    });
    await recordAct(tx, { action: "api_keys.make", subject: id, reason: null });
  });
  return { id, secret, prefix: keyPrefix(secret) };
}

/**
 * Makes sure that a holder may have another key, one maker at a time, so that the limit is exact. One that was revoked or is
 * out of date does not count. Throws `api_keys.too_many`.
 */
export async function requireRoom(
  tx: Tx,
  { holder, of, at }: { readonly holder: string; readonly of: SQL | undefined; readonly at: Date },
): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`api-keys:${holder}`}, 0))`);
  const works = and(isNull(apiKeys.revokedAt), or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, at)));
  const [there] = await tx.select({ keys: count() }).from(apiKeys).where(and(of, works));
  if ((there?.keys ?? 0) >= MAX_KEYS) throw apiKeyErrors.tooMany({ most: MAX_KEYS });
}
