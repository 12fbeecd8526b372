import { eq } from "drizzle-orm";
import { users } from "../../drizzle/schema/identity.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { type MailTemplates, queueEmail, type RenderedEmail } from "../messaging/index.ts";
import type { KnownAccount, LinkPurpose } from "./account-look-up.ts";
import { accountActor } from "./session.ts";

type MailCtx = Ctx<{ templates: MailTemplates }>;

/** Tells the owner of an address that somebody tried to sign up with it, with a link to choose a new password. */
export async function sendAccountExists(ctx: MailCtx, account: KnownAccount): Promise<void> {
  if (account.disabled) return;
  const mail = await ctx.providers.templates.render("account-exists", account.locale, {});
  await queue(ctx, account, mail, "reset_password", "signed up with an address that has an account");
}

/** Tells the owner of an address that another account wanted to change to it. Nothing to do. */
export async function sendEmailInUse(ctx: MailCtx, account: KnownAccount): Promise<void> {
  if (account.disabled) return;
  const mail = await ctx.providers.templates.render("email-in-use", account.locale, {});
  await queue(ctx, account, mail, null, "another account wanted this address");
}

/** Mails the link with which the address is confirmed; nothing to confirm, nothing sent. */
export async function sendVerification(ctx: MailCtx, account: KnownAccount): Promise<void> {
  if (account.disabled || account.emailVerified) return;
  const mail = await ctx.providers.templates.render("welcome-verify", account.locale, { name: null });
  await queue(ctx, account, mail, "verify_email", "asked for the confirmation again");
}

/** Mails the link with which a new password is chosen. */
export async function sendPasswordReset(ctx: MailCtx, account: KnownAccount): Promise<void> {
  if (account.disabled) return;
  const mail = await ctx.providers.templates.render("reset-password", account.locale, {});
  await queue(ctx, account, mail, "reset_password", "asked for a new password");
}

/**
 * One mail of a kind per account and minute, however often the button is pressed. It goes to the address as the account
 * has it: the one that was typed may only look alike.
 */
async function queue(
  ctx: MailCtx,
  account: KnownAccount,
  mail: RenderedEmail,
  purpose: LinkPurpose | null,
  cause: string,
): Promise<void> {
  const minute = ctx.technical.now().toISOString().slice(0, 16);
  const { userId, customerId } = account;
  await ctx.db.transaction(
    async (tx) => {
      const [user] = await tx.select({ email: users.email }).from(users).where(eq(users.id, userId));
      if (!user) return;
      await queueEmail(tx, {
        mail,
        dedupeKey: `${mail.template}:${userId}:${minute}`,
        to: user.email,
        userId,
        customerId,
        link: purpose && { purpose },
        cause,
      });
    },
    { as: accountActor(account) },
  );
}
