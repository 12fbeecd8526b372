import { access, router, STAFF } from "../trpc/init.ts";
import { adjustCredits, decideAdjustment } from "./adjust-credits.ts";
import { decideReclaim } from "./decide-reclaim.ts";
import { adjustInput, decideAdjustmentInput, decideReclaimInput, grantListInput, ofCustomerInput } from "./input.ts";
import { creditsOfCustomer, creditsOverview, listGrants } from "./office-queries.ts";

/** Credits as staff see and correct them. */
export const creditsOfficeRouter = router({
  overview: access(STAFF).query(({ ctx }) => ctx.db.transaction(creditsOverview)),
  ofCustomer: access(STAFF)
    .input(ofCustomerInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => creditsOfCustomer(tx, input))),
  grants: access(STAFF)
    .input(grantListInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listGrants(tx, input), { readOnly: true })),
  adjust: access({ staff: ["owner", "finance", "support"] })
    .input(adjustInput)
    .mutation(({ ctx, input }) => adjustCredits(ctx, input)),
  decideAdjustment: access({ staff: ["owner", "finance"] })
    .input(decideAdjustmentInput)
    .mutation(({ ctx, input }) => decideAdjustment(ctx, input)),
  decideReclaim: access({ staff: ["owner", "finance"] })
    .input(decideReclaimInput)
    .mutation(({ ctx, input }) => decideReclaim(ctx, input)),
});
