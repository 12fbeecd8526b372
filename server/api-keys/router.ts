import { own } from "../identity/index.ts";
import { access, router, STAFF } from "../trpc/init.ts";
import { customerKeysInput, keyIdInput, makeKeyInput, revokeOthersKeyInput } from "./input.ts";
import { makeKey } from "./make-key.ts";
import { organizationKeysRouter } from "./organization-router.ts";
import { listKeys, listKeysOfCustomer } from "./queries.ts";
import { revokeAllKeys, revokeCustomersKey, revokeKey } from "./revoke-key.ts";

export const apiKeysRouter = router({
  mine: access("customer").query(({ ctx }) =>
    ctx.db.transaction((tx) =>
      listKeys(tx, { customerId: own(ctx.session).customerId ?? "", at: ctx.technical.now() }),
    ),
  ),
  /** The key is in the answer, this once. */
  make: access("customer", { fresh: true })
    .input(makeKeyInput)
    .mutation(({ ctx, input }) =>
      makeKey(ctx, { ...input, session: own(ctx.session), live: ctx.providers.checkout.livemode }),
    ),
  revoke: access("customer")
    .input(keyIdInput)
    .mutation(({ ctx, input }) => revokeKey(ctx, { ...input, session: own(ctx.session) })),
  revokeAll: access("customer").mutation(({ ctx }) => revokeAllKeys(ctx, { session: own(ctx.session) })),
  /** Those that act for an organization. */
  organization: organizationKeysRouter,
  /** Staff: a customer's keys. */
  ofCustomer: access(STAFF)
    .input(customerKeysInput)
    .query(({ ctx, input }) =>
      ctx.db.transaction((tx) => listKeysOfCustomer(tx, { ...input, at: ctx.technical.now() }), { readOnly: true }),
    ),
  revokeOfCustomer: access({ staff: ["owner", "support"] })
    .input(revokeOthersKeyInput)
    .mutation(({ ctx, input }) => revokeCustomersKey(ctx, input)),
});
