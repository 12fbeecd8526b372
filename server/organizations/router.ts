import { own } from "../identity/index.ts";
import { access, router } from "../trpc/init.ts";
import { assignSeat, revokeSeat } from "./assign-seat.ts";
import { brandRouter } from "./brand-router.ts";
import { changeRole } from "./change-role.ts";
import { closeOrganization } from "./close-organization.ts";
import { domainsRouter } from "./domains-router.ts";
import { foundOrganization } from "./found-organization.ts";
import { handOverPayment } from "./hand-over-payment.ts";
import {
  currentInput,
  foundInput,
  memberInput,
  memberRoleInput,
  membersInput,
  organizationInput,
  ownPageInput,
  renameInput,
} from "./input.ts";
import { invitationsRouter } from "./invitations-router.ts";
import { listMembers } from "./members.ts";
import { organizationsOfficeRouter } from "./office-router.ts";
import { listOwnOrganizations, pageOwnOrganizations, readOrganization } from "./queries.ts";
import { leaveOrganization, removeMember } from "./remove-member.ts";
import { renameOrganization } from "./rename-organization.ts";
import { EVERYBODY, requireRole } from "./standing.ts";

export const organizationsRouter = router({
  mine: access("customer", { scope: "account.read" })
    .input(ownPageInput)
    .query(({ ctx, input }) =>
      ctx.db.transaction((tx) => pageOwnOrganizations(tx, { ...input, userId: own(ctx.session).userId }), {
        readOnly: true,
      }),
    ),
  /** The one that was chosen last where one is still in it, else the personal one; and all there are to choose from. */
  current: access("customer")
    .input(currentInput)
    .query(({ ctx, input }) =>
      ctx.db.transaction(
        async (tx) => {
          const all = await listOwnOrganizations(tx);
          return { current: all.find(({ id }) => id === input.chosen) ?? all[0] ?? null, all };
        },
        { readOnly: true },
      ),
    ),
  get: access("customer")
    .input(organizationInput)
    .query(({ ctx, input }) =>
      ctx.db.transaction((tx) => readOrganization(tx, { ...input, userId: own(ctx.session).userId }), {
        readOnly: true,
      }),
    ),
  found: access("verified")
    .input(foundInput)
    .mutation(({ ctx, input }) => foundOrganization(ctx, { ...input, session: own(ctx.session) })),
  rename: access("customer")
    .input(renameInput)
    .mutation(({ ctx, input }) => renameOrganization(ctx, input)),
  close: access("customer", { fresh: true })
    .input(organizationInput)
    .mutation(({ ctx, input }) => closeOrganization(ctx, input)),
  leave: access("customer")
    .input(organizationInput)
    .mutation(({ ctx, input }) => leaveOrganization(ctx, { ...input, userId: own(ctx.session).userId })),
  handOverPayment: access("customer", { fresh: true })
    .input(memberInput)
    .mutation(({ ctx, input }) => handOverPayment(ctx, { ...input, session: own(ctx.session) })),

  members: router({
    list: access("customer", { scope: "organization.read" })
      .input(membersInput)
      .query(({ ctx, input }) =>
        ctx.db.transaction(
          async (tx) => {
            await requireRole(tx, { organizationId: input.organizationId, roles: EVERYBODY });
            return listMembers(tx, input);
          },
          { readOnly: true },
        ),
      ),
    changeRole: access("customer")
      .input(memberRoleInput)
      .mutation(({ ctx, input }) => changeRole(ctx, input)),
    remove: access("customer")
      .input(memberInput)
      .mutation(({ ctx, input }) => removeMember(ctx, input)),
    assignSeat: access("customer")
      .input(memberInput)
      .mutation(({ ctx, input }) => assignSeat(ctx, input)),
    revokeSeat: access("customer")
      .input(memberInput)
      .mutation(({ ctx, input }) => revokeSeat(ctx, input)),
  }),
  brand: brandRouter,
  domains: domainsRouter,
  invitations: invitationsRouter,
  /** Staff. */
  office: organizationsOfficeRouter,
});
