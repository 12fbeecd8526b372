import type { AuthenticationResponseJSON } from "@simplewebauthn/server";
import { and, eq, isNull } from "drizzle-orm";
import { sessions, users } from "../../drizzle/schema/identity.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { hashToken, newToken } from "../kernel/id.ts";
import type { SecretBox } from "../kernel/secret-box.ts";
import { acceptCode } from "./accept-code.ts";
import { identityErrors } from "./errors.ts";
import type { OpenedSession } from "./open-session.ts";
import { verifyPassword } from "./password-hash.ts";
import type { RateLimits } from "./rate-limits.ts";
import type { RelyingParty } from "./relying-party.ts";
import type { Session } from "./session.ts";
import { absoluteEnd } from "./session-lifetime.ts";
import { verifyPasskey } from "./verify-passkey.ts";

/** One of the ways to show that it is still the same person. */
export type Proof =
  | { readonly by: "password"; readonly password: string }
  | { readonly by: "code"; readonly code: string }
  | { readonly by: "passkey"; readonly response: AuthenticationResponseJSON };

/**
 * Shows again who sits there, for what is sensitive in the next ten minutes. The session goes on under a new token, so a
 * copy of the old one is worth nothing. Guesses are few, whatever the way.
 * Throws `identity.wrong_password`, `identity.wrong_code`, `identity.passkey_failed`, `identity.too_many_attempts`.
 */
export async function confirmIdentity(
  ctx: Ctx<{ secretBox: SecretBox; rateLimits: RateLimits; relyingParty: RelyingParty }>,
  attempt: { session: Session; proof: Proof },
): Promise<OpenedSession> {
  const { session, proof } = attempt;
  const { userId } = session;
  const at = ctx.technical.now();
  await ctx.providers.rateLimits.consume("step_up_account", userId);
  if (proof.by === "password") await checkPassword(ctx, userId, proof.password);
  else if (proof.by === "code") {
    const { secretBox } = ctx.providers;
    const right = await ctx.db.transaction((tx) => acceptCode(tx, secretBox, { userId, code: proof.code, at }));
    if (!right) throw identityErrors.wrongCode();
  } else if ((await verifyPasskey(ctx, proof.response)).userId !== userId) throw identityErrors.passkeyFailed();

  const token = newToken();
  const createdAt = await ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .update(sessions)
      .set({
        tokenHash: hashToken(token),
        authenticatedAt: at,
        ...(proof.by === "password" ? {} : { secondFactor: true }),
      })
      .where(and(eq(sessions.id, session.id), isNull(sessions.revokedAt)))
      .returning({ createdAt: sessions.createdAt });
    if (!row) throw identityErrors.signInAgain();
    return row.createdAt;
  });
  await ctx.providers.rateLimits.giveBack("step_up_account", userId);
  return { token, cookieExpiresAt: absoluteEnd(createdAt) };
}

/** Throws `identity.wrong_password` unless it is the one of this account. */
export async function checkPassword(ctx: Ctx, userId: string, password: string): Promise<void> {
  const [user] = await ctx.db.transaction((tx) =>
    tx.select({ passwordHash: users.passwordHash }).from(users).where(eq(users.id, userId)),
  );
  if (!(await verifyPassword(user?.passwordHash ?? null, password))) throw identityErrors.wrongPassword();
}
