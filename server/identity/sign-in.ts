import type { Ctx } from "../kernel/ctx.ts";
import { normalizeEmail } from "../kernel/email-address.ts";
import type { SecretBox } from "../kernel/secret-box.ts";
import { findAccount } from "./account-look-up.ts";
import { identityErrors } from "./errors.ts";
import { beginHalfSignIn, type HalfSignIn } from "./half-sign-in.ts";
import { holdAccount } from "./hold-account.ts";
import { knownDevice } from "./known-device.ts";
import { type OpenedSession, openSession } from "./open-session.ts";
import { verifyPassword } from "./password-hash.ts";
import type { RateLimit, RateLimits } from "./rate-limits.ts";
import { accountActor, type Session } from "./session.ts";
import { signOut } from "./sign-out.ts";

export type SignIn = {
  readonly email: string;
  readonly password: string;
  readonly ip: string;
  readonly userAgent: string | null;
  /** Whoever this browser was signed in as: that session ends. */
  readonly present: Session | null;
  /** What a browser that has signed in before keeps (`known-device.ts`). */
  readonly device?: string | null;
  readonly redirectTo?: string;
};

/** Signed in, or half-way: the password was right and the account asks for a second factor. */
export type SignInOutcome =
  | ({ readonly outcome: "signed_in"; readonly userId: string } & OpenedSession)
  | ({ readonly outcome: "second_factor" } & HalfSignIn);

/**
 * Signs somebody in with e-mail and password: a new session with a new token, each time; or, where the account has a
 * second factor, a half-open sign-in that {@link completeSignIn} ends. An unknown address, a wrong password, a disabled
 * account and an address that was never confirmed get the same answer after the same work. Guesses are counted, accounts
 * never locked: a browser that has signed in before has a count of its own, which strangers cannot use up.
 * Throws `identity.sign_in_failed`, `identity.too_many_attempts`, `identity.busy`.
 */
export async function signIn(
  ctx: Ctx<{ rateLimits: RateLimits; secretBox: SecretBox }>,
  attempt: SignIn,
): Promise<SignInOutcome> {
  const { rateLimits } = ctx.providers;
  const email = normalizeEmail(attempt.email);
  await rateLimits.consume("sign_in_address", attempt.ip);
  const account = await findAccount(ctx.db, attempt.email);
  const device = account && knownDevice(ctx.providers.secretBox, account.userId, attempt.device ?? null);
  const counts: readonly (readonly [RateLimit, ...string[]])[] = device
    ? [["sign_in_known_device", device]]
    : [
        ["sign_in_account_from_address", email, attempt.ip],
        ["sign_in_account", email],
      ];
  for (const [limit, ...key] of counts) await rateLimits.consume(limit, ...key);

  const matches = await verifyPassword(account?.passwordHash ?? null, attempt.password);
  if (!account || !matches || account.disabled || !account.emailVerified) {
    ctx.log.warn({ security: "sign_in_failed", userId: account?.userId ?? null, ip: attempt.ip }, "sign-in refused");
    throw identityErrors.signInFailed();
  }

  await rateLimits.giveBack("sign_in_address", attempt.ip);
  for (const [limit, ...key] of counts) await rateLimits.giveBack(limit, ...key);
  if (account.secondFactor) {
    const { userAgent, redirectTo = "" } = attempt;
    return { outcome: "second_factor", ...(await beginHalfSignIn(ctx, { account, userAgent, redirectTo })) };
  }
  if (attempt.present) await signOut(ctx, attempt.present);
  const opened = await ctx.db.transaction(
    async (tx) => {
      if (!(await holdAccount(tx, account))) throw identityErrors.signInFailed();
      const { userAgent } = attempt;
      return openSession(tx, { userId: account.userId, userAgent, at: ctx.technical.now(), secondFactor: false });
    },
    { as: accountActor(account) },
  );
  return { outcome: "signed_in", userId: account.userId, ...opened };
}
