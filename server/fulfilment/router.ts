import { access, router, STAFF } from "../trpc/init.ts";
import { fulfilmentListInput, moveGoodsInput } from "./input.ts";
import { moveGoods } from "./move-goods.ts";
import { listFulfilments } from "./queries.ts";

export const fulfilmentRouter = router({
  move: access({ staff: ["owner", "support"] })
    .input(moveGoodsInput)
    .mutation(({ ctx, input }) => moveGoods(ctx, input)),
  list: access(STAFF)
    .input(fulfilmentListInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listFulfilments(tx, input), { readOnly: true })),
});
