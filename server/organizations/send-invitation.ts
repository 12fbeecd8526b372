import { and, eq, gt } from "drizzle-orm";
import { users } from "../../drizzle/schema/identity.ts";
import { organizationInvitations, organizations } from "../../drizzle/schema/organizations.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { type MailPorts, mailAtOnce } from "../messaging/index.ts";
import { readBrand } from "./brand.ts";
import { isOpen } from "./invitation-facts.ts";

/**
 * Puts an invitation's mail into the outbox, in the language of the account that has the address, else of whoever invites;
 * nothing where it was taken up or back, or ran out in the meantime. Once per time that it was asked for. Service role.
 * Idempotent.
 */
export async function sendInvitation(ctx: Ctx<MailPorts>, { invitationId }: { invitationId: string }): Promise<void> {
  const { id, email, emailNormalized, role, locale, sendings, expiresAt, organizationId } = organizationInvitations;
  const [invitation] = await ctx.db.transaction((tx) =>
    tx
      .select({
        email,
        emailNormalized,
        role,
        locale,
        sendings,
        organizationId,
        organization: organizations.name,
        name: users.name,
      })
      .from(organizationInvitations)
      .innerJoin(organizations, eq(organizations.id, organizationInvitations.organizationId))
      .innerJoin(users, eq(users.id, organizationInvitations.invitedBy))
      .where(and(eq(id, invitationId), isOpen, gt(expiresAt, ctx.technical.now()))),
  );
  if (!invitation) return;
  const [account] = await ctx.db.transaction((tx) =>
    tx.select({ locale: users.locale }).from(users).where(eq(users.emailNormalized, invitation.emailNormalized)),
  );
  const brand = await ctx.db.transaction((tx) => readBrand(tx, invitation.organizationId), { readOnly: true });
  const words = { organization: invitation.organization ?? "", invitedBy: invitation.name, role: invitation.role };
  const language = account?.locale ?? invitation.locale;
  const mail = await ctx.providers.templates.render("organization-invitation", language, words, brand);
  await mailAtOnce(ctx, {
    mail,
    dedupeKey: `organization-invitation:${invitationId}:${invitation.sendings}`,
    to: invitation.email,
    ...{ userId: null, customerId: null },
    link: { purpose: "organization_invitation", invitationId },
    cause: "invited into an organization",
  });
}
