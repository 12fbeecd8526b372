import type { Ctx } from "../kernel/ctx.ts";
import type { SecretBox } from "../kernel/secret-box.ts";
import { acceptCode } from "./accept-code.ts";
import { identityErrors } from "./errors.ts";
import { findHalfSignIn, useHalfSignIn } from "./half-sign-in.ts";
import { holdAccount } from "./hold-account.ts";
import { type OpenedSession, openSession } from "./open-session.ts";
import type { RateLimits } from "./rate-limits.ts";
import { accountActor, type Session } from "./session.ts";
import { signOut } from "./sign-out.ts";

export type SecondStep = {
  /** Of the sign-in that the password began, from the browser's cookie. */
  readonly halfToken: string | null;
  /** From the authenticator app, or a recovery code. */
  readonly code: string;
  readonly ip: string;
  readonly userAgent: string | null;
  readonly present: Session | null;
};

/**
 * The second step of a sign-in: a code, in the browser that has shown the password. Opens a session that counts as shown
 * both. A wrong code leaves the half-open sign-in as it was; guesses are few per account, however many sign-ins are begun.
 * Throws `identity.sign_in_again`, `identity.wrong_code`, `identity.too_many_attempts`.
 */
export async function completeSignIn(
  ctx: Ctx<{ secretBox: SecretBox; rateLimits: RateLimits }>,
  step: SecondStep,
): Promise<OpenedSession & { redirectTo: string; userId: string }> {
  const at = ctx.technical.now();
  const { rateLimits, secretBox } = ctx.providers;
  await rateLimits.consume("sign_in_address", step.ip);
  const half = await findHalfSignIn(ctx.db, { token: step.halfToken, userAgent: step.userAgent, at });
  if (!half) throw identityErrors.signInAgain();
  const { account, tokenHash, redirectTo } = half;
  const { userId } = account;
  await rateLimits.consume("second_factor_account", userId);
  const as = { as: accountActor(account) };
  const accepted = await ctx.db.transaction((tx) => acceptCode(tx, secretBox, { userId, code: step.code, at }), as);
  if (!accepted) {
    ctx.log.warn({ security: "second_factor_failed", userId, ip: step.ip }, "second factor refused");
    throw identityErrors.wrongCode();
  }
  if (step.present) await signOut(ctx, step.present);
  const opened = await ctx.db.transaction(async (tx) => {
    if (!(await holdAccount(tx, account))) throw identityErrors.signInAgain();
    if (!(await useHalfSignIn(tx, { tokenHash, at }))) throw identityErrors.signInAgain();
    return openSession(tx, { userId, userAgent: step.userAgent, at, secondFactor: true });
  }, as);
  await rateLimits.giveBack("sign_in_address", step.ip);
  await rateLimits.giveBack("second_factor_account", userId);
  return { ...opened, redirectTo, userId };
}
