import type { Ctx } from "../kernel/ctx.ts";
import { findLinkedAccount } from "./account-look-up.ts";
import { confirmAddress } from "./confirm-address.ts";
import { consumeLink } from "./consume-link.ts";
import { identityErrors } from "./errors.ts";
import { holdAccount } from "./hold-account.ts";
import { type OpenedSession, openSession } from "./open-session.ts";
import { verifyPassword } from "./password-hash.ts";
import type { RateLimits } from "./rate-limits.ts";
import { accountActor, type Session } from "./session.ts";
import { signOut } from "./sign-out.ts";

export type Verification = {
  readonly token: string;
  readonly password: string;
  readonly ip: string;
  readonly userAgent: string | null;
  readonly present: Session | null;
};

/**
 * Confirms an address by the mailed link and signs in. The password that was chosen at sign-up is asked for: else anybody
 * could sign up with somebody else's address, wait for the owner to follow the link, and find that person's guest
 * purchases in an account whose password only the stranger knows. An address that is confirmed already needs no link, and
 * an older one must not stand in for a second factor that was added since. A wrong password does not use the link up.
 * The link works once. Enqueues the claim of guest purchases.
 * Throws `identity.link_invalid`, `identity.wrong_password`, `identity.too_many_attempts`, `identity.busy`.
 */
export async function verifyEmail(ctx: Ctx<{ rateLimits: RateLimits }>, attempt: Verification): Promise<OpenedSession> {
  const at = ctx.technical.now();
  await ctx.providers.rateLimits.consume("link_address", attempt.ip);
  const account = await findLinkedAccount(ctx.db, { token: attempt.token, purpose: "verify_email", at });
  if (!account || account.emailVerified) throw identityErrors.linkInvalid();
  await ctx.providers.rateLimits.consume("sign_in_account_from_address", account.email, attempt.ip);
  if (!(await verifyPassword(account.passwordHash, attempt.password))) throw identityErrors.wrongPassword();
  if (attempt.present) await signOut(ctx, attempt.present);
  return ctx.db.transaction(
    async (tx) => {
      if (!(await holdAccount(tx, account))) throw identityErrors.linkInvalid();
      await consumeLink(tx, { account, purpose: "verify_email", at });
      await confirmAddress(tx, { userId: account.userId, emailNormalized: account.email, at: ctx.now() });
      return openSession(tx, { userId: account.userId, userAgent: attempt.userAgent, at, secondFactor: false });
    },
    { as: accountActor(account) },
  );
}
