import { customerOf, holding } from "../kernel/actor.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { access, router, STAFF } from "../trpc/init.ts";
import { orderErrors } from "./errors.ts";
import { myOrdersInput, orderInput, orderListInput, orderRefInput } from "./input.ts";
import { listOrders } from "./order-list.ts";
import { getMyOrder, getOrder, getOrderByRef, listMyOrders } from "./queries.ts";

/** The account's own customer; a member of staff without one has bought nothing. */
function own(ctx: Ctx): string {
  const customerId = customerOf(ctx.actor);
  if (customerId === null) throw orderErrors.notFound();
  return customerId;
}

const mine = router({
  list: access("customer", { scope: "account.read" })
    .input(myOrdersInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listMyOrders(tx, own(ctx), input), { readOnly: true })),
  get: access("customer", { scope: "account.read" })
    .input(orderInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => getMyOrder(tx, own(ctx), input.id), { readOnly: true })),
});

export const ordersRouter = router({
  mine,
  byRef: access("public")
    .input(orderRefInput)
    .query(({ ctx, input }) =>
      ctx.db.transaction((tx) => getOrderByRef(tx, input.ref), { as: holding(ctx.actor, input.ref), readOnly: true }),
    ),
  list: access(STAFF)
    .input(orderListInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listOrders(tx, input), { readOnly: true })),
  get: access(STAFF)
    .input(orderInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => getOrder(tx, input.id), { readOnly: true })),
});
