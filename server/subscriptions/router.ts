import { customerOf } from "../kernel/actor.ts";
import { access, router, STAFF } from "../trpc/init.ts";
import { membershipInput, membershipListInput } from "./input.ts";
import { listMemberships } from "./membership-list.ts";
import { getMembership, listMyMemberships } from "./queries.ts";

const mine = router({
  list: access("customer", { scope: "account.read" }).query(({ ctx }) => {
    const customerId = customerOf(ctx.actor);
    if (customerId === null) return { items: [] };
    return ctx.db.transaction((tx) => listMyMemberships(tx, customerId), { readOnly: true });
  }),
});

export const subscriptionsRouter = router({
  mine,
  list: access(STAFF)
    .input(membershipListInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listMemberships(tx, input), { readOnly: true })),
  get: access(STAFF)
    .input(membershipInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => getMembership(tx, input), { readOnly: true })),
});
