import { inArray } from "drizzle-orm";
import { idempotencyKeys } from "../../drizzle/schema/checkout.ts";
import { holdingAll } from "../kernel/actor.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { hashToken, newToken } from "../kernel/id.ts";
import type { Links } from "../kernel/links.ts";

/**
 * The cart token of a caller: the browser's, else one that a repeated request with the same seed gets again, else a new
 * one. A request that came first under an older secret of the shop gets the token it had then. Where the seed is a program's
 * own key the token says who calls, and is handed to nobody: others at that address may guess the key.
 */
export async function callerToken(
  ctx: Ctx<{ links: Links }>,
  caller: { cartToken: string | null; seed: string | null; ip: string },
): Promise<string> {
  if (caller.cartToken) return caller.cartToken;
  if (!caller.seed) return newToken();
  const tokens = ctx.providers.links.cartTokens(`caller:${caller.ip}:${caller.seed}`);
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
