import { sql } from "drizzle-orm";
import { users } from "../../drizzle/schema/identity.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { normalizeEmail } from "../kernel/email-address.ts";
import { hashToken, newId } from "../kernel/id.ts";
import { findAccount, type KnownAccount } from "./account-look-up.ts";
import { identityErrors } from "./errors.ts";
import { hashPassword, verifyPassword } from "./password-hash.ts";
import { passwordProblem } from "./password-rules.ts";
import type { RateLimits } from "./rate-limits.ts";
import { accountActor } from "./session.ts";

type Open = { id: string; email: string };
export type Acceptance = {
  readonly token: string;
  readonly password: string;
  readonly locale: "sv" | "en";
  readonly ip: string;
};

/**
 * Takes up an invitation by its mailed link: an account of that address gets the role when its password is given; where
 * there is none, one is made with this password. Works once, signs nobody in, and ends the account's sessions, which had
 * no role. Throws `identity.link_invalid`, `identity.wrong_password`, `identity.weak_password`, `identity.too_many_attempts`.
 */
export async function acceptInvitation(ctx: Ctx<{ rateLimits: RateLimits }>, attempt: Acceptance): Promise<void> {
  const at = ctx.technical.now().toISOString();
  const { rateLimits } = ctx.providers;
  await rateLimits.consume("link_address", attempt.ip);
  const hash = hashToken(attempt.token);
  const [invitation] = await ctx.db.transaction((tx) =>
    tx.execute<Open>(sql`select id, email from app.staff_invitation_lookup(${hash}, ${at}::timestamptz)`),
  );
  if (!invitation) throw identityErrors.linkInvalid();
  const account = await findAccount(ctx.db, invitation.email);
  if (account) {
    await rateLimits.consume("sign_in_account_from_address", normalizeEmail(invitation.email), attempt.ip);
    if (account.disabled) throw identityErrors.linkInvalid();
    if (!(await verifyPassword(account.passwordHash, attempt.password))) throw identityErrors.wrongPassword();
    await ctx.db.transaction((tx) => takeRole(tx, { hash, userId: account.userId, at }), { as: accountActor(account) });
    return;
  }
  const problem = passwordProblem(attempt.password, invitation.email);
  if (problem) throw identityErrors.weakPassword({ problem });
  await createStaff(ctx, { ...attempt, hash, at, email: invitation.email });
}

async function createStaff(ctx: Ctx, of: Acceptance & { hash: string; at: string; email: string }): Promise<void> {
  const passwordHash = await hashPassword(of.password);
  const userId = newId("usr");
  const { email, locale, hash, at } = of;
  await ctx.db.transaction(
    async (tx) => {
      await tx.insert(users).values({
        id: userId,
        email,
        emailNormalized: normalizeEmail(email),
        emailVerifiedAt: ctx.now(),
        passwordHash,
        locale,
        createdAt: ctx.now(),
      });
      await takeRole(tx, { hash, userId, at });
    },
    { as: { kind: "customer", userId, customerId: "", tokens: [] } },
  );
}

async function takeRole(tx: Tx, of: { hash: string; userId: KnownAccount["userId"]; at: string }): Promise<void> {
  const [row] = await tx.execute<{ role: string | null }>(
    sql`select app.accept_staff_invitation(${of.hash}, ${of.userId}, ${of.at}::timestamptz) as role`,
  );
  if (!row?.role) throw identityErrors.linkInvalid();
}
