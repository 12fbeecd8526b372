import { and, desc, eq, isNull } from "drizzle-orm";
import { customers, emailChanges, users } from "../../drizzle/schema/identity.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { databaseError } from "../kernel/errors.ts";
import { emit } from "../kernel/event.ts";
import { enqueue } from "../kernel/job.ts";
import { type MailTemplates, queueEmail } from "../messaging/index.ts";
import { findLinkedAccount } from "./account-look-up.ts";
import { consumeLink } from "./consume-link.ts";
import { identityErrors } from "./errors.ts";
import { claimGuestPurchasesJob } from "./jobs.ts";
import type { RateLimits } from "./rate-limits.ts";
import { revokeAll } from "./revoke-session.ts";
import { accountActor, type Session } from "./session.ts";

/**
 * Follows the link that went to the new address, signed in to the account that asked: from now on it is the account's,
 * proven, with the guest purchases made with it, and every other session of the account ends. By the link alone nothing
 * changes: whoever owns an address would give their purchases to the account of a stranger who asked for it. The old
 * address is told, with a link that undoes it for seven days. Works once. Enqueues a mail and the claim.
 * Throws `identity.link_of_another` when another account is signed in (the link stays good), `identity.link_invalid`, also
 * when somebody else has taken the address or the password was changed meanwhile.
 */
export async function confirmEmailChange(
  ctx: Ctx<{ templates: MailTemplates; rateLimits: RateLimits }>,
  attempt: { session: Session; token: string; ip: string },
): Promise<void> {
  const at = ctx.technical.now();
  await ctx.providers.rateLimits.consume("link_address", attempt.ip);
  const account = await findLinkedAccount(ctx.db, { token: attempt.token, purpose: "change_email", at });
  if (!account) throw identityErrors.linkInvalid();
  const { userId, customerId } = account;
  if (userId !== attempt.session.userId) throw identityErrors.linkOfAnother();
  const mail = await ctx.providers.templates.render("email-changed", account.locale, {});
  await refusingTakenAddress(() =>
    ctx.db.transaction(
      async (tx) => {
        await consumeLink(tx, { account, purpose: "change_email", at });
        const [change] = await tx
          .select()
          .from(emailChanges)
          .where(
            and(
              eq(emailChanges.userId, userId),
              eq(emailChanges.toEmailNormalized, account.mailedTo),
              isNull(emailChanges.confirmedAt),
              isNull(emailChanges.undoneAt),
            ),
          )
          .orderBy(desc(emailChanges.requestedAt))
          .limit(1);
        if (!change) throw identityErrors.linkInvalid();
        const [present] = await tx.select({ email: users.email }).from(users).where(eq(users.id, userId));
        const fromEmail = present?.email ?? change.fromEmail;
        await tx.update(emailChanges).set({ confirmedAt: at, fromEmail }).where(eq(emailChanges.id, change.id));
        const to = { email: change.toEmail, emailNormalized: change.toEmailNormalized };
        await setAddress(tx, { userId, ...to, at: ctx.now() });
        await revokeAll(tx, { userId, except: attempt.session.id, at });
        await enqueue(tx, claimGuestPurchasesJob, { userId });
        await queueEmail(tx, {
          mail,
          dedupeKey: `email-changed:${change.id}`,
          to: fromEmail,
          userId,
          customerId,
          link: { purpose: "undo_email_change" },
          cause: "the account has another address now",
        });
      },
      { as: accountActor(account) },
    ),
  );
}

/** Writes an account's address where sign-in and mails read it. Emits `user.address_changed`. */
export async function setAddress(
  tx: Tx,
  of: { userId: string; email: string; emailNormalized: string; at: Date },
): Promise<void> {
  const { userId, email, emailNormalized, at } = of;
  await tx.update(users).set({ email, emailNormalized, emailVerifiedAt: at }).where(eq(users.id, userId));
  await tx.update(customers).set({ email, emailNormalized }).where(eq(customers.userId, userId));
  await emit(tx, { name: "user.address_changed", id: userId });
}

/** Two accounts cannot have one address: whoever comes second holds a link that leads nowhere. */
export async function refusingTakenAddress<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (databaseError(error)?.code === "23505") throw identityErrors.linkInvalid();
    throw error;
  }
}
