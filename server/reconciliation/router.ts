import { access, router, STAFF } from "../trpc/init.ts";
import { driftListInput } from "./input.ts";
import { listDrifts, reconciliationState } from "./queries.ts";

export const reconciliationRouter = router({
  drifts: router({
    list: access(STAFF)
      .input(driftListInput)
      .query(({ ctx, input }) => ctx.db.transaction((tx) => listDrifts(tx, input), { readOnly: true })),
  }),
  state: access(STAFF).query(({ ctx }) => ctx.db.transaction(reconciliationState, { readOnly: true })),
});
