import type { Ctx } from "../kernel/ctx.ts";
import { normalizeEmail } from "../kernel/email-address.ts";
import { findAccount } from "./account-look-up.ts";
import { identityErrors } from "./errors.ts";
import { type OpenedSession, openSession } from "./open-session.ts";
import { verifyPassword } from "./password-hash.ts";
import type { RateLimits } from "./rate-limits.ts";
import { accountActor, type Session } from "./session.ts";
import { signOut } from "./sign-out.ts";

export type SignIn = {
  readonly email: string;
  readonly password: string;
  readonly ip: string;
  readonly userAgent: string | null;
  /** Whoever this browser was signed in as: that session ends. */
  readonly present: Session | null;
};

/**
 * Signs somebody in with e-mail and password: a new session with a new token, each time. An unknown address, a wrong
 * password, a disabled account and an address that was never confirmed get the same answer after the same work.
 * Throws `identity.sign_in_failed`, `identity.too_many_attempts`, `identity.busy`.
 */
export async function signIn(ctx: Ctx<{ rateLimits: RateLimits }>, attempt: SignIn): Promise<OpenedSession> {
  const { rateLimits } = ctx.providers;
  const email = normalizeEmail(attempt.email);
  await rateLimits.consume("sign_in_address", attempt.ip);
  await rateLimits.consume("sign_in_account_from_address", email, attempt.ip);
  await rateLimits.consume("sign_in_account", email);

  const account = await findAccount(ctx.db, attempt.email);
  const matches = await verifyPassword(account?.passwordHash ?? null, attempt.password);
  if (!account || !matches || account.disabled || !account.emailVerified) {
    ctx.log.warn({ security: "sign_in_failed", userId: account?.userId ?? null, ip: attempt.ip }, "sign-in refused");
    throw identityErrors.signInFailed();
  }

  if (attempt.present) await signOut(ctx, attempt.present);
  const opened = await ctx.db.transaction(
    (tx) => openSession(tx, { userId: account.userId, userAgent: attempt.userAgent, at: ctx.technical.now() }),
    { as: accountActor(account) },
  );
  await rateLimits.giveBack("sign_in_address", attempt.ip);
  await rateLimits.giveBack("sign_in_account_from_address", email, attempt.ip);
  await rateLimits.giveBack("sign_in_account", email);
  return opened;
}
