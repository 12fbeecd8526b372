import { own } from "../identity/index.ts";
import { access, router, STAFF } from "../trpc/init.ts";
import { assignSeat, revokeSeat } from "./assign-seat.ts";
import { changeRole } from "./change-role.ts";
import { giveUpDomain } from "./claim-domain.ts";
import { withdrawInvitation } from "./end-invitations.ts";
import { handOverPayment } from "./hand-over-payment.ts";
import {
  historyInput,
  membersInput,
  ofCustomerInput,
  officeDomainInput,
  officeInvitationInput,
  officeMemberInput,
  officeMemberRoleInput,
  officeMembersInput,
  organizationInput,
  organizationListInput,
} from "./input.ts";
import { listAskers, listDomains } from "./joining.ts";
import { listMembersForStaff } from "./members.ts";
import { getOrganization, listOrganizations, organizationsOfCustomer, organizationTimeline } from "./office-queries.ts";
import { listInvitations } from "./queries.ts";
import { removeMember } from "./remove-member.ts";

const MENDING = { staff: ["owner", "support"] } as const;
const READ = { readOnly: true } as const;

/** Organizations as staff see them, and mend what their people cannot. Every change takes a reason and is recorded. */
export const organizationsOfficeRouter = router({
  list: access(STAFF)
    .input(organizationListInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listOrganizations(tx, input), READ)),
  get: access(STAFF)
    .input(organizationInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => getOrganization(tx, input), READ)),
  members: access(STAFF)
    .input(officeMembersInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listMembersForStaff(tx, input), READ)),
  invitations: access(STAFF)
    .input(membersInput)
    .query(({ ctx, input }) =>
      ctx.db.transaction((tx) => listInvitations(tx, { ...input, at: ctx.technical.now() }), READ),
    ),
  /** By which domains people come into a company, and who asks to. */
  joining: access(STAFF)
    .input(membersInput)
    .query(({ ctx, input }) =>
      ctx.db.transaction(
        async (tx) => ({
          domains: await listDomains(tx, input.organizationId),
          askers: await listAskers(tx, input),
        }),
        READ,
      ),
    ),
  history: access(STAFF)
    .input(historyInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => organizationTimeline(tx, input), READ)),
  ofCustomer: access(STAFF)
    .input(ofCustomerInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => organizationsOfCustomer(tx, input), READ)),

  changeRole: access(MENDING)
    .input(officeMemberRoleInput)
    .mutation(({ ctx, input: { reason, ...act } }) => changeRole(ctx, { ...act, office: { reason } })),
  handOverPayment: access(MENDING)
    .input(officeMemberInput)
    .mutation(({ ctx, input: { reason, ...act } }) =>
      handOverPayment(ctx, { ...act, session: own(ctx.session), office: { reason } }),
    ),
  removeMember: access(MENDING)
    .input(officeMemberInput)
    .mutation(({ ctx, input: { reason, ...act } }) => removeMember(ctx, { ...act, office: { reason } })),
  assignSeat: access(MENDING)
    .input(officeMemberInput)
    .mutation(({ ctx, input: { reason, ...act } }) => assignSeat(ctx, { ...act, office: { reason } })),
  revokeSeat: access(MENDING)
    .input(officeMemberInput)
    .mutation(({ ctx, input: { reason, ...act } }) => revokeSeat(ctx, { ...act, office: { reason } })),
  giveUpDomain: access(MENDING)
    .input(officeDomainInput)
    .mutation(({ ctx, input: { reason, ...act } }) => giveUpDomain(ctx, { ...act, office: { reason } })),
  withdrawInvitation: access(MENDING)
    .input(officeInvitationInput)
    .mutation(({ ctx, input: { reason, ...act } }) => withdrawInvitation(ctx, { ...act, office: { reason } })),
});
