import { eq } from "drizzle-orm";
import { users } from "../../drizzle/schema/identity.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { findLinkedAccount } from "./account-look-up.ts";
import { confirmAddress } from "./confirm-address.ts";
import { consumeLink } from "./consume-link.ts";
import { dropEmailChanges } from "./drop-email-changes.ts";
import { identityErrors } from "./errors.ts";
import { hashPassword } from "./password-hash.ts";
import { passwordProblem } from "./password-rules.ts";
import type { RateLimits } from "./rate-limits.ts";
import { revokeAll } from "./revoke-session.ts";
import { accountActor } from "./session.ts";

/**
 * Sets a new password by the mailed link, once. Every session of the account ends, in every process; the address counts as
 * confirmed, since the link was read there (and guest purchases are claimed). A change of the address that waits is off. Nobody is signed in by it.
 * Throws `identity.link_invalid`, `identity.weak_password` (details.problem), `identity.too_many_attempts`, `identity.busy`.
 */
export async function resetPassword(
  ctx: Ctx<{ rateLimits: RateLimits }>,
  attempt: { token: string; password: string; ip: string },
): Promise<void> {
  const at = ctx.technical.now();
  await ctx.providers.rateLimits.consume("link_address", attempt.ip);
  const account = await findLinkedAccount(ctx.db, { token: attempt.token, purpose: "reset_password", at });
  if (!account) throw identityErrors.linkInvalid();
  const problem = passwordProblem(attempt.password, account.email);
  if (problem) throw identityErrors.weakPassword({ problem });
  const passwordHash = await hashPassword(attempt.password);
  await ctx.db.transaction(
    async (tx) => {
      await consumeLink(tx, { account, purpose: "reset_password", at });
      await tx.update(users).set({ passwordHash }).where(eq(users.id, account.userId));
      await confirmAddress(tx, { userId: account.userId, emailNormalized: account.email, at: ctx.now() });
      await dropEmailChanges(tx, { userId: account.userId, at });
      await revokeAll(tx, { userId: account.userId, except: null, at });
    },
    { as: accountActor(account) },
  );
}
