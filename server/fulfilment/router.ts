import { access, router, STAFF } from "../trpc/init.ts";
import { fulfilmentListInput } from "./input.ts";
import { listFulfilments } from "./queries.ts";

export const fulfilmentRouter = router({
  list: access(STAFF)
    .input(fulfilmentListInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listFulfilments(tx, input), { readOnly: true })),
});
