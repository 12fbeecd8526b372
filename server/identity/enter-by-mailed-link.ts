import { customers, users } from "../../drizzle/schema/identity.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { normalizeEmail } from "../kernel/email-address.ts";
import { databaseError } from "../kernel/errors.ts";
import { newId } from "../kernel/id.ts";
import { enqueue } from "../kernel/job.ts";
import { findAccount } from "./account-look-up.ts";
import { confirmAddress } from "./confirm-address.ts";
import { identityErrors } from "./errors.ts";
import { claimGuestPurchasesJob } from "./jobs.ts";
import { type OpenedSession, openSession } from "./open-session.ts";
import { hashPassword, verifyPassword } from "./password-hash.ts";
import { passwordProblem } from "./password-rules.ts";
import type { RateLimits } from "./rate-limits.ts";
import { accountActor } from "./session.ts";

export type Entry = {
  /** Where the link was mailed to: whoever follows it has shown to read that mailbox. The caller has checked the link. */
  readonly email: string;
  /** The account's, or the one for a new account. */
  readonly password: string;
  readonly name?: string | undefined;
  readonly locale: "sv" | "en";
  readonly ip: string;
  readonly userAgent: string | null;
};
type Who = { readonly userId: string };

/**
 * Lets whoever followed a mailed link do `work` as the account of that address: its password is asked for, or where there
 * is no account one is made with this password, its address confirmed. Account and work come together or not at all. A new
 * account's browser is signed in; one that was there is not, since it may have a second factor. Enqueues the claim of guest
 * purchases. Throws `identity.link_invalid`, `identity.wrong_password`, `identity.weak_password`,
 * `identity.too_many_attempts`, `identity.busy`.
 */
export async function enterByMailedLink<Result>(
  ctx: Ctx<{ rateLimits: RateLimits }>,
  entry: Entry,
  work: (tx: Tx, who: Who) => Promise<Result>,
): Promise<{ result: Result; opened: OpenedSession | null }> {
  const emailNormalized = normalizeEmail(entry.email);
  const account = await findAccount(ctx.db, entry.email);
  if (!account) return openAccount(ctx, entry, work);
  await ctx.providers.rateLimits.consume("sign_in_account_from_address", emailNormalized, entry.ip);
  if (account.disabled) throw identityErrors.linkInvalid();
  if (!(await verifyPassword(account.passwordHash, entry.password))) throw identityErrors.wrongPassword();
  const { userId } = account;
  const result = await ctx.db.transaction(
    async (tx) => {
      await confirmAddress(tx, { userId, emailNormalized, at: ctx.now() });
      return work(tx, { userId });
    },
    { as: accountActor(account) },
  );
  return { result, opened: null };
}

async function openAccount<Result>(
  ctx: Ctx,
  entry: Entry,
  work: (tx: Tx, who: Who) => Promise<Result>,
): Promise<{ result: Result; opened: OpenedSession }> {
  const problem = passwordProblem(entry.password, entry.email);
  if (problem) throw identityErrors.weakPassword({ problem });
  const passwordHash = await hashPassword(entry.password);
  const [userId, customerId] = [newId("usr"), newId("cus")];
  const [email, emailNormalized] = [entry.email.trim(), normalizeEmail(entry.email)];
  const { locale, userAgent } = entry;
  const name = entry.name?.trim() || null;
  const person = { email, emailNormalized, name, locale, createdAt: ctx.now() };
  try {
    return await ctx.db.transaction(
      async (tx) => {
        await tx.insert(users).values({ id: userId, ...person, passwordHash, emailVerifiedAt: ctx.now() });
        await tx.insert(customers).values({ id: customerId, userId, ...person });
        await enqueue(tx, claimGuestPurchasesJob, { userId });
        const result = await work(tx, { userId });
        const at = ctx.technical.now();
        return { result, opened: await openSession(tx, { userId, userAgent, at, secondFactor: false }) };
      },
      { as: { kind: "customer", userId, customerId, tokens: [] } },
    );
  } catch (error) {
    // Somebody made the account in the same moment: whoever asks again is asked for its password.
    const { code, constraint } = databaseError(error) ?? {};
    if (code === "23505" && constraint?.startsWith("users_")) throw identityErrors.linkInvalid();
    throw error;
  }
}
