import { inArray } from "drizzle-orm";
import { idempotencyKeys } from "../../drizzle/schema/checkout.ts";
import { holdingAll } from "../kernel/actor.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { hashToken, newToken } from "../kernel/id.ts";
import type { Links } from "../kernel/links.ts";

/**
 * The cart token of a caller: the browser's, else one that a repeated request with the same seed gets again, else a new
 * one. A request that came first under an older secret of the shop gets the token it had then. Whoever is signed in has
 * seeds of their own. Where it is a program's own key the token says who calls, and is handed to nobody: others at that
 * address may guess the key. A form's key is never taken for one.
 */
export async function callerToken(
  ctx: Ctx<{ links: Links }>,
  caller: { cartToken: string | null; key: string | null; formKey?: string | undefined; ip: string },
): Promise<string> {
  const { cartToken, key, formKey, ip } = caller;
  if (cartToken) return cartToken;
  const seed = key ?? (formKey && `form:${formKey}`);
  if (!seed) return newToken();
  const who = "userId" in ctx.actor ? `user:${ctx.actor.userId}` : `caller:${ip}`;
  const tokens = ctx.providers.links.cartTokens(`${who}:${seed}`);
  const [first, ...older] = tokens;
  if (older.length === 0) return first;
  const scopes = older.map(hashToken);
  const [known] = await ctx.db.transaction(
    (tx) =>
      tx
        .select({ scope: idempotencyKeys.scope })
        .from(idempotencyKeys)
        .where(inArray(idempotencyKeys.scope, scopes))
        .limit(1),
    { as: holdingAll(ctx.actor, tokens), readOnly: true },
  );
  return older[scopes.indexOf(known?.scope ?? "")] ?? first;
}
