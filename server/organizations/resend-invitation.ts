import { and, eq, sql } from "drizzle-orm";
import { organizationInvitations } from "../../drizzle/schema/organizations.ts";
import type { RateLimits, Session } from "../identity/index.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { enqueue } from "../kernel/job.ts";
import { organizationErrors } from "./errors.ts";
import { isOpen } from "./invitation-facts.ts";
import { DAY_MS, INVITATION_DAYS } from "./invite-members.ts";
import { sendInvitationJob } from "./jobs.ts";
import { MANAGERS, requireCompany } from "./standing.ts";

/**
 * Mails an open invitation's link once more, which is then good for seven days from now. Owners and admins may. Recorded.
 * Enqueues the mail. Throws `organizations.invitation_not_found`, `identity.too_many_attempts`,
 * `organizations.role_missing`, `organizations.not_found`, `organizations.personal`.
 */
export async function resendInvitation(
  ctx: Ctx<{ rateLimits: RateLimits }>,
  wish: { session: Session; organizationId: string; invitationId: string },
): Promise<void> {
  const { session, organizationId, invitationId } = wish;
  await ctx.providers.rateLimits.consume("invitation_account", session.userId);
  const expiresAt = new Date(ctx.technical.now().getTime() + INVITATION_DAYS * DAY_MS);
  await ctx.db.transaction(async (tx) => {
    await requireCompany(tx, { organizationId, roles: MANAGERS });
    const { id, sendings } = organizationInvitations;
    const sent = await tx
      .update(organizationInvitations)
      .set({ expiresAt, sendings: sql`${sendings} + 1` })
      .where(and(eq(id, invitationId), eq(organizationInvitations.organizationId, organizationId), isOpen))
      .returning({ id });
    if (sent.length === 0) throw organizationErrors.invitationNotFound();
    await recordAct(tx, {
      action: "organizations.resend_invitation",
      subject: organizationId,
      reason: invitationId,
    });
    await enqueue(tx, sendInvitationJob, { invitationId });
  });
}
