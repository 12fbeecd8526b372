import type { Ctx } from "../kernel/ctx.ts";
import { normalizeEmail } from "../kernel/email-address.ts";
import type { MailTemplates } from "../messaging/index.ts";
import { findAccount } from "./account-look-up.ts";
import { answerEvenly, EVEN_MILLISECONDS } from "./even-answer.ts";
import type { RateLimits } from "./rate-limits.ts";
import { sendPasswordReset } from "./send-account-mail.ts";

/**
 * Mails a link for a new password where the address has an account. The same answer after the same time for every
 * address, at most a mail a minute and five an hour for one. Throws `identity.too_many_attempts` for the caller's address only.
 */
export async function requestPasswordReset(
  ctx: Ctx<{ templates: MailTemplates; rateLimits: RateLimits }>,
  request: { email: string; ip: string },
): Promise<void> {
  await ctx.providers.rateLimits.consume("mail_address", request.ip);
  await answerEvenly(EVEN_MILLISECONDS, async () => {
    const mayMail = await ctx.providers.rateLimits.allows("mail_account", normalizeEmail(request.email));
    const account = await findAccount(ctx.db, request.email);
    if (account && mayMail) await sendPasswordReset(ctx, account);
  });
}
