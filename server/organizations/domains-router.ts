import { own } from "../identity/index.ts";
import { access, router } from "../trpc/init.ts";
import { letIn, refuseAsker } from "./answer-asker.ts";
import { changeJoining, claimDomain, giveUpDomain } from "./claim-domain.ts";
import {
  claimDomainInput,
  domainInput,
  domainWayInput,
  joinRequestInput,
  membersInput,
  organizationInput,
} from "./input.ts";
import { joinByDomain } from "./join-by-domain.ts";
import { claimable, listAskers, listDomains, readJoinable } from "./joining.ts";
import { MANAGERS, requireRole } from "./standing.ts";

const READ = { readOnly: true } as const;

/** Coming into a company by its mail domain: what owners and admins allow and answer, and what whoever has an address there does. */
export const domainsRouter = router({
  /** What the company has claimed, and the domain of the own address, which could be. */
  list: access("customer")
    .input(organizationInput)
    .query(({ ctx, input }) =>
      ctx.db.transaction(async (tx) => {
        await requireRole(tx, { ...input, roles: MANAGERS });
        return { domains: await listDomains(tx, input.organizationId), own: claimable(own(ctx.session).email) };
      }, READ),
    ),
  claim: access("verified")
    .input(claimDomainInput)
    .mutation(({ ctx, input }) => claimDomain(ctx, { ...input, session: own(ctx.session) })),
  change: access("customer")
    .input(domainWayInput)
    .mutation(({ ctx, input }) => changeJoining(ctx, input)),
  giveUp: access("customer")
    .input(domainInput)
    .mutation(({ ctx, input }) => giveUpDomain(ctx, input)),

  /** Who asks to come in. */
  askers: access("customer")
    .input(membersInput)
    .query(({ ctx, input }) =>
      ctx.db.transaction(async (tx) => {
        await requireRole(tx, { organizationId: input.organizationId, roles: MANAGERS });
        return listAskers(tx, input);
      }, READ),
    ),
  letIn: access("customer")
    .input(joinRequestInput)
    .mutation(({ ctx, input }) => letIn(ctx, input)),
  refuse: access("customer")
    .input(joinRequestInput)
    .mutation(({ ctx, input }) => refuseAsker(ctx, { ...input, session: own(ctx.session) })),

  /** The company that the caller could come into, if any. */
  joinable: access("customer").query(({ ctx }) => ctx.db.transaction((tx) => readJoinable(tx), READ)),
  join: access("verified")
    .input(organizationInput)
    .mutation(({ ctx, input }) => joinByDomain(ctx, { ...input, userId: own(ctx.session).userId })),
});
