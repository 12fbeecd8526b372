import { own } from "../identity/index.ts";
import { MANAGERS, requireRole } from "../organizations/index.ts";
import { access, router } from "../trpc/init.ts";
import { makeOrganizationKeyInput, organizationKeyInput, organizationKeysInput } from "./input.ts";
import { makeOrganizationKey } from "./make-organization-key.ts";
import { listOrganizationKeys } from "./queries.ts";
import { revokeOrganizationKey } from "./revoke-organization-key.ts";

/** Keys that act for an organization: its owners and admins make them where its plan has that, and end them whatever it has. */
export const organizationKeysRouter = router({
  list: access("customer")
    .input(organizationKeysInput)
    .query(({ ctx, input }) =>
      ctx.db.transaction(
        async (tx) => {
          await requireRole(tx, { organizationId: input.organizationId, roles: MANAGERS });
          return listOrganizationKeys(tx, { ...input, at: ctx.technical.now() });
        },
        { readOnly: true },
      ),
    ),
  /** The key is in the answer, this once. */
  make: access("customer", { fresh: true, entitlement: "hasAPI" })
    .input(makeOrganizationKeyInput)
    .mutation(({ ctx, input }) =>
      makeOrganizationKey(ctx, { ...input, session: own(ctx.session), live: ctx.providers.checkout.livemode }),
    ),
  revoke: access("customer")
    .input(organizationKeyInput)
    .mutation(({ ctx, input }) => revokeOrganizationKey(ctx, input)),
});
