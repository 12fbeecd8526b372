import { emailChanges } from "../../drizzle/schema/identity.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { normalizeEmail } from "../kernel/email-address.ts";
import { newId } from "../kernel/id.ts";
import { type MailTemplates, queueEmail } from "../messaging/index.ts";
import { findAccount } from "./account-look-up.ts";
import { identityErrors } from "./errors.ts";
import { answerEvenly, EVEN_MILLISECONDS } from "./even-answer.ts";
import type { RateLimits } from "./rate-limits.ts";
import { sendEmailInUse } from "./send-account-mail.ts";
import type { Session } from "./session.ts";

/**
 * Somebody wants another address. A link goes to the new one and nothing changes before it is followed. Where that address
 * has an account, its owner is told instead; the answer and the time it takes are the same. Enqueues one mail.
 * Throws `identity.email_unchanged`, `identity.too_many_attempts`.
 */
export async function requestEmailChange(
  ctx: Ctx<{ templates: MailTemplates; rateLimits: RateLimits }>,
  wish: { session: Session; email: string },
): Promise<void> {
  const { session } = wish;
  const toEmail = wish.email.trim();
  const toEmailNormalized = normalizeEmail(toEmail);
  if (toEmailNormalized === normalizeEmail(session.email)) throw identityErrors.emailUnchanged();
  await ctx.providers.rateLimits.consume("email_change_account", session.userId);
  await answerEvenly(EVEN_MILLISECONDS, async () => {
    const mayMail = await ctx.providers.rateLimits.allows("mail_account", toEmailNormalized);
    const taken = await findAccount(ctx.db, toEmail);
    if (taken) {
      if (mayMail) await sendEmailInUse(ctx, taken);
      return;
    }
    const mail = await ctx.providers.templates.render("change-email", session.locale, {});
    const id = newId("emc");
    await ctx.db.transaction(async (tx) => {
      await tx.insert(emailChanges).values({
        id,
        userId: session.userId,
        fromEmail: session.email,
        toEmail,
        toEmailNormalized,
        requestedAt: ctx.technical.now(),
      });
      if (!mayMail) return;
      await queueEmail(tx, {
        mail,
        dedupeKey: `change-email:${id}`,
        to: toEmail,
        userId: session.userId,
        customerId: session.customerId,
        link: { purpose: "change_email" },
        cause: "wants another address",
      });
    });
  });
}
