import type { AuthenticationResponseJSON } from "@simplewebauthn/server";
import type { Ctx } from "../kernel/ctx.ts";
import { type OpenedSession, openSession } from "./open-session.ts";
import type { RateLimits } from "./rate-limits.ts";
import type { RelyingParty } from "./relying-party.ts";
import { accountActor, type Session } from "./session.ts";
import { signOut } from "./sign-out.ts";
import { verifyPasskey } from "./verify-passkey.ts";

/**
 * Signs in with a passkey alone: it is something one has, and the device has checked who holds it. A new session with a
 * new token. Throws `identity.passkey_failed`, `identity.too_many_attempts`.
 */
export async function signInWithPasskey(
  ctx: Ctx<{ relyingParty: RelyingParty; rateLimits: RateLimits }>,
  attempt: { response: AuthenticationResponseJSON; ip: string; userAgent: string | null; present: Session | null },
): Promise<OpenedSession & { userId: string }> {
  await ctx.providers.rateLimits.consume("sign_in_address", attempt.ip);
  const account = await verifyPasskey(ctx, attempt.response);
  const { userId } = account;
  if (attempt.present) await signOut(ctx, attempt.present);
  const opened = await ctx.db.transaction(
    (tx) => openSession(tx, { userId, userAgent: attempt.userAgent, at: ctx.technical.now(), secondFactor: true }),
    { as: accountActor(account) },
  );
  await ctx.providers.rateLimits.giveBack("sign_in_address", attempt.ip);
  return { ...opened, userId };
}
