import { and, eq, isNull, lte } from "drizzle-orm";
import { staffInvitations } from "../../drizzle/schema/identity.ts";
import type { StaffRole } from "../kernel/actor.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { normalizeEmail } from "../kernel/email-address.ts";
import { hashToken, newId } from "../kernel/id.ts";
import type { Links } from "../kernel/links.ts";
import { type MailTemplates, queueEmail } from "../messaging/index.ts";
import { identityErrors } from "./errors.ts";
import type { RateLimits } from "./rate-limits.ts";
import type { Session } from "./session.ts";

const DAYS = 7;
type InviteCtx = Ctx<{ templates: MailTemplates; rateLimits: RateLimits; links: Links }>;

/**
 * Asks somebody to work here: a link, good for seven days, goes to the address. The role comes with the acceptance, not
 * before. Recorded. Enqueues one mail. Throws `identity.already_invited`, `identity.too_many_attempts`.
 */
export async function inviteStaff(
  ctx: InviteCtx,
  wish: { session: Session; email: string; role: StaffRole },
): Promise<void> {
  const { session, role } = wish;
  await ctx.providers.rateLimits.consume("invitation_account", session.userId);
  const email = wish.email.trim();
  const emailNormalized = normalizeEmail(email);
  const at = ctx.technical.now();
  const id = newId("inv");
  const mail = await ctx.providers.templates.render("staff-invitation", session.locale, {});
  await ctx.db.transaction(async (tx) => {
    await tx
      .update(staffInvitations)
      .set({ withdrawnAt: at })
      .where(
        and(
          eq(staffInvitations.emailNormalized, emailNormalized),
          isNull(staffInvitations.acceptedAt),
          isNull(staffInvitations.withdrawnAt),
          lte(staffInvitations.expiresAt, at),
        ),
      );
    const invited = await tx
      .insert(staffInvitations)
      .values({
        id,
        email,
        emailNormalized,
        role,
        tokenHash: hashToken(ctx.providers.links.invitationToken(id)),
        invitedBy: session.userId,
        expiresAt: new Date(at.getTime() + DAYS * 86_400_000),
        createdAt: at,
      })
      .onConflictDoNothing()
      .returning({ id: staffInvitations.id });
    if (invited.length === 0) throw identityErrors.alreadyInvited();
    await recordAct(tx, { action: "identity.staff_invited", subject: id, reason: role });
    await queueEmail(tx, {
      mail,
      dedupeKey: `staff-invitation:${id}`,
      to: email,
      userId: null,
      customerId: null,
      link: { purpose: "staff_invitation", invitationId: id },
      cause: "invited to work here",
    });
  });
}

/** Takes an open invitation back; its link stops working. Throws `identity.invitation_not_found`. */
export async function withdrawInvitation(ctx: Ctx, { id }: { id: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const gone = await tx
      .update(staffInvitations)
      .set({ withdrawnAt: ctx.technical.now() })
      .where(
        and(eq(staffInvitations.id, id), isNull(staffInvitations.acceptedAt), isNull(staffInvitations.withdrawnAt)),
      )
      .returning({ id: staffInvitations.id });
    if (gone.length === 0) throw identityErrors.invitationNotFound();
    await recordAct(tx, { action: "identity.invitation_withdrawn", subject: id, reason: null });
  });
}
