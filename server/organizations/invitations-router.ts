import { own } from "../identity/index.ts";
import { access, router } from "../trpc/init.ts";
import { acceptInvitation, joinByInvitation, readInvitation } from "./accept-invitation.ts";
import { withdrawInvitation } from "./end-invitations.ts";
import { csvInput, invitationInput, invitationLinkInput, inviteInput, joinInput, membersInput } from "./input.ts";
import { inviteMember, inviteMembers, previewInvitations } from "./invite-members.ts";
import { listInvitations } from "./queries.ts";
import { resendInvitation } from "./resend-invitation.ts";
import { MANAGERS, requireRole } from "./standing.ts";

/** Who is asked into an organization, by its owners and admins; and what whoever was asked answers. */
export const invitationsRouter = router({
  list: access("customer")
    .input(membersInput)
    .query(({ ctx, input }) =>
      ctx.db.transaction(
        async (tx) => {
          await requireRole(tx, { organizationId: input.organizationId, roles: MANAGERS });
          return listInvitations(tx, { ...input, at: ctx.technical.now() });
        },
        { readOnly: true },
      ),
    ),
  invite: access("verified")
    .input(inviteInput)
    .mutation(({ ctx, input }) => inviteMember(ctx, { ...input, session: own(ctx.session) })),
  /** What each line of a list would come to; sends nothing. */
  preview: access("customer")
    .input(csvInput)
    .query(({ ctx, input }) => previewInvitations(ctx, input)),
  inviteAll: access("verified")
    .input(csvInput)
    .mutation(({ ctx, input }) => inviteMembers(ctx, { ...input, session: own(ctx.session) })),
  resend: access("verified")
    .input(invitationInput)
    .mutation(({ ctx, input }) => resendInvitation(ctx, { ...input, session: own(ctx.session) })),
  withdraw: access("customer")
    .input(invitationInput)
    .mutation(({ ctx, input }) => withdrawInvitation(ctx, input)),

  read: access("public")
    .input(invitationLinkInput)
    .query(({ ctx, input }) => readInvitation(ctx, { ...input, session: ctx.session })),
  accept: access("customer")
    .input(invitationLinkInput)
    .mutation(({ ctx, input }) => acceptInvitation(ctx, { ...input, session: own(ctx.session) })),
  /** The same for whoever is not signed in: with the account's password, or one for a new account. */
  join: access("public")
    .input(joinInput)
    .mutation(async ({ ctx, input }) => {
      const { ip, userAgent, locale } = ctx.browser;
      const { id, opened } = await joinByInvitation(ctx, { ...input, ip, userAgent, locale });
      if (opened) ctx.browser.setSession(opened.token, opened.cookieExpiresAt);
      return { id, signedIn: opened !== null };
    }),
});
