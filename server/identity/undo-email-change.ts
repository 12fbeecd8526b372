import { and, desc, eq, gte, isNull } from "drizzle-orm";
import { apiKeys } from "../../drizzle/schema/api-keys.ts";
import {
  accountTokens,
  emailChanges,
  passkeys,
  recoveryCodes,
  totpFactors,
  users,
} from "../../drizzle/schema/identity.ts";
import { actorName } from "../kernel/actor.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { normalizeEmail } from "../kernel/email-address.ts";
import { newToken } from "../kernel/id.ts";
import { type MailTemplates, queueEmail } from "../messaging/index.ts";
import { findLinkedAccount } from "./account-look-up.ts";
import { refusingTakenAddress, setAddress } from "./confirm-email-change.ts";
import { consumeLink } from "./consume-link.ts";
import { dropEmailChanges } from "./drop-email-changes.ts";
import { identityErrors } from "./errors.ts";
import { hashPassword } from "./password-hash.ts";
import type { RateLimits } from "./rate-limits.ts";
import { dropCodesWithoutFactor } from "./remove-factor.ts";
import { revokeAll } from "./revoke-session.ts";
import { accountActor } from "./session.ts";

/**
 * For how long a change can be undone, in milliseconds: the seven days of the link, and as many for a mail that was late. A
 * mail that staff send again brings a new link, and an old address may be somebody else's by then.
 */
const UNDONE_WITHIN_MS = 14 * 86_400_000;

/**
 * The owner of the old address says it was not them. The account gets its old address back; whoever changed it knew the
 * password, so that stops working, every session ends, factors, recovery codes and API keys made since go, and a link for a new password is mailed to
 * the old address. Works once, for seven days. Throws `identity.link_invalid`.
 */
export async function undoEmailChange(
  ctx: Ctx<{ templates: MailTemplates; rateLimits: RateLimits }>,
  attempt: { token: string; ip: string },
): Promise<void> {
  const at = ctx.technical.now();
  await ctx.providers.rateLimits.consume("link_address", attempt.ip);
  const account = await findLinkedAccount(ctx.db, { token: attempt.token, purpose: "undo_email_change", at });
  if (!account) throw identityErrors.linkInvalid();
  const { userId, customerId } = account;
  const [mail, passwordHash] = await Promise.all([
    ctx.providers.templates.render("reset-password", account.locale, {}),
    hashPassword(newToken()),
  ]);
  await refusingTakenAddress(() =>
    ctx.db.transaction(
      async (tx) => {
        await consumeLink(tx, { account, purpose: "undo_email_change", at });
        const changes = await tx
          .select()
          .from(emailChanges)
          .where(
            and(
              eq(emailChanges.userId, userId),
              gte(emailChanges.confirmedAt, new Date(at.getTime() - UNDONE_WITHIN_MS)),
              isNull(emailChanges.undoneAt),
            ),
          )
          .orderBy(desc(emailChanges.confirmedAt));
        const change = changes.find((one) => normalizeEmail(one.fromEmail) === account.mailedTo);
        if (!change) throw identityErrors.linkInvalid();
        await tx.update(emailChanges).set({ undoneAt: at }).where(eq(emailChanges.id, change.id));
        const back = { email: change.fromEmail, emailNormalized: account.mailedTo };
        await setAddress(tx, { userId, ...back, at: ctx.now() });
        await tx.update(users).set({ passwordHash }).where(eq(users.id, userId));
        await tx.delete(passkeys).where(and(eq(passkeys.userId, userId), gte(passkeys.createdAt, change.requestedAt)));
        await tx
          .delete(totpFactors)
          .where(and(eq(totpFactors.userId, userId), gte(totpFactors.createdAt, change.requestedAt)));
        await tx
          .delete(recoveryCodes)
          .where(and(eq(recoveryCodes.userId, userId), gte(recoveryCodes.createdAt, change.requestedAt)));
        await dropCodesWithoutFactor(tx, userId);
        await tx
          .update(accountTokens)
          .set({ usedAt: at })
          .where(and(eq(accountTokens.userId, userId), isNull(accountTokens.usedAt)));
        await dropEmailChanges(tx, { userId, at });
        await revokeAll(tx, { userId, except: null, at });
        await revokeKeys(tx, { userId, since: change.requestedAt, at });
        await queueEmail(tx, {
          mail,
          dedupeKey: `reset-password:undo:${change.id}`,
          to: change.fromEmail,
          userId,
          customerId,
          link: { purpose: "reset_password" },
          cause: "the change of the address was undone",
        });
      },
      { as: accountActor(account) },
    ),
  );
}

/** Ends the API keys that were made since: by them one could go on spending the owner's credits. */
async function revokeKeys(tx: Tx, { userId, since, at }: { userId: string; since: Date; at: Date }): Promise<void> {
  const revoked = await tx
    .update(apiKeys)
    .set({ revokedAt: at, revokedBy: actorName(tx.scope.actor) })
    .where(and(eq(apiKeys.userId, userId), gte(apiKeys.createdAt, since), isNull(apiKeys.revokedAt)))
    .returning({ id: apiKeys.id });
  for (const { id } of revoked)
    await recordAct(tx, { action: "api_keys.revoke", subject: id, reason: "the change of the address was undone" });
}
