import { customers, users } from "../../drizzle/schema/identity.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { normalizeEmail } from "../kernel/email-address.ts";
import { databaseError } from "../kernel/errors.ts";
import { newId } from "../kernel/id.ts";
import { type MailTemplates, queueEmail } from "../messaging/index.ts";
import { findAccount } from "./account-look-up.ts";
import { identityErrors } from "./errors.ts";
import { answerEvenly, EVEN_MILLISECONDS } from "./even-answer.ts";
import { hashPassword } from "./password-hash.ts";
import { passwordProblem } from "./password-rules.ts";
import type { RateLimits } from "./rate-limits.ts";
import { sendAccountExists } from "./send-account-mail.ts";

export type SignUp = {
  readonly email: string;
  readonly password: string;
  readonly name?: string | undefined;
  readonly locale: "sv" | "en";
  readonly ip: string;
};

/**
 * Somebody wants an account. A new address gets one, with a customer, that can be used once the mailed link has been
 * followed; an address that has an account gets a mail that says so. The answer is the same, takes as long, and signs
 * nobody in. Idempotent by address: two at once make one account. Enqueues one mail.
 * Throws `identity.weak_password` (details.problem), `identity.too_many_attempts`, `identity.busy`.
 */
export async function signUp(
  ctx: Ctx<{ templates: MailTemplates; rateLimits: RateLimits }>,
  wish: SignUp,
): Promise<void> {
  const problem = passwordProblem(wish.password, wish.email);
  if (problem) throw identityErrors.weakPassword({ problem });
  await ctx.providers.rateLimits.consume("sign_up_address", wish.ip);
  await answerEvenly(EVEN_MILLISECONDS, async () => {
    const mayMail = await ctx.providers.rateLimits.allows("mail_account", normalizeEmail(wish.email));
    const [existing, passwordHash] = await Promise.all([findAccount(ctx.db, wish.email), hashPassword(wish.password)]);
    if (!existing && (await createAccount(ctx, wish, passwordHash))) return;
    const account = existing ?? (await findAccount(ctx.db, wish.email));
    if (account && mayMail) await sendAccountExists(ctx, account);
  });
}

/** False when somebody else made the account in the same moment. */
async function createAccount(
  ctx: Ctx<{ templates: MailTemplates }>,
  wish: SignUp,
  passwordHash: string,
): Promise<boolean> {
  const { locale } = wish;
  const userId = newId("usr");
  const customerId = newId("cus");
  const emailNormalized = normalizeEmail(wish.email);
  const email = wish.email.trim();
  const name = wish.name?.trim() || null;
  const mail = await ctx.providers.templates.render("welcome-verify", locale, { name });
  try {
    await ctx.db.transaction(
      async (tx) => {
        const createdAt = ctx.now();
        await tx.insert(users).values({ id: userId, email, emailNormalized, passwordHash, name, locale, createdAt });
        await tx.insert(customers).values({ id: customerId, userId, email, emailNormalized, name, locale, createdAt });
        await queueEmail(tx, {
          mail,
          dedupeKey: `welcome-verify:${userId}`,
          to: email,
          userId,
          customerId,
          link: { purpose: "verify_email" },
          cause: "signed up",
        });
      },
      { as: { kind: "customer", userId, customerId, tokens: [] } },
    );
    return true;
  } catch (error) {
    if (databaseError(error)?.code === "23505") return false;
    throw error;
  }
}
