import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { idempotencyKeys } from "../../drizzle/schema/checkout.ts";
import { type Actor, holding, holdingAll } from "../kernel/actor.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { hashToken } from "../kernel/id.ts";
import { checkoutErrors } from "./errors.ts";
import { findCheckout } from "./find-checkout.ts";
import type { PagePorts } from "./open-page.ts";
import type { StartResult } from "./start-checkout.ts";

/** What a key may be: it is stored, and indexed. */
const KEY = /^[\x21-\x7e]{1,255}$/;

/** A request under a key of the caller's own. `cartToken` says who calls when nobody is signed in. */
export type KeyedRequest = { readonly key: string; readonly cartToken: string; readonly body: unknown };

/**
 * Runs `work` so that the same key gets the same answer, for as long as we know the key. Keys of different callers never
 * meet. Only an opened page is an answer worth keeping: after anything else the same key may try again. Throws
 * `checkout.idempotency_key_reused` when the key came with another body before, `checkout.idempotency_key_unusable`.
 */
export async function answerOnce<Other extends { readonly outcome: string } = never>(
  ctx: Ctx<PagePorts>,
  request: KeyedRequest,
  work: () => Promise<StartResult | Other>,
): Promise<StartResult | Other> {
  if (!KEY.test(request.key)) throw checkoutErrors.keyUnusable();
  const as = holding(ctx.actor, request.cartToken);
  const id = { scope: scopeOf(ctx.actor, request.cartToken), key: request.key };
  const requestHash = createHash("sha256").update(JSON.stringify(request.body)).digest("hex");
  const known = await ctx.db.transaction(
    async (tx) => {
      await tx
        .insert(idempotencyKeys)
        .values({ ...id, requestHash, createdAt: tx.scope.now })
        .onConflictDoNothing();
      const [row] = await tx.select().from(idempotencyKeys).where(isKey(id));
      return row;
    },
    { as },
  );
  if (known?.requestHash !== requestHash) throw checkoutErrors.keyReused();
  const answered = await answerOf(ctx, as, known.response);
  if (answered) return answered;
  const result = await work();
  if (result.outcome === "open" && "checkoutId" in result) {
    const response = { checkoutId: result.checkoutId };
    await ctx.db.transaction((tx) => tx.update(idempotencyKeys).set({ response }).where(isKey(id)), { as });
  }
  return result;
}

/** The kept answer names the checkout; its bearer token is never stored, and minted anew. */
async function answerOf(ctx: Ctx<PagePorts>, as: Actor, response: unknown): Promise<StartResult | null> {
  if (typeof response !== "object" || response === null || !("checkoutId" in response)) return null;
  const checkoutId = String(response.checkoutId);
  const { links } = ctx.providers;
  const holdingIt = { as: holdingAll(as, links.orderTokens(checkoutId)) };
  const checkout = await ctx.db.transaction((tx) => findCheckout(tx, checkoutId), holdingIt);
  if (!checkout.stripeSessionId || !checkout.url) return null;
  const ref = links.orderToken(checkout);
  return { outcome: "open", checkoutId, ref, sessionId: checkout.stripeSessionId, url: checkout.url };
}

function scopeOf(actor: Actor, cartToken: string): string {
  return "userId" in actor ? actor.userId : hashToken(cartToken);
}

function isKey(id: { scope: string; key: string }) {
  return and(eq(idempotencyKeys.scope, id.scope), eq(idempotencyKeys.key, id.key));
}
