import { access, router, STAFF } from "../trpc/init.ts";
import {
  discardDraftInput,
  planInput,
  publishPlanInput,
  retirePlanInput,
  saveDraftInput,
  startDraftInput,
} from "./input.ts";
import { orderPublish, retirePlan } from "./order-publish.ts";
import { listPlansForStaff, readPlan } from "./queries.ts";
import { discardDraft, saveDraft } from "./save-draft.ts";
import { startDraft } from "./start-draft.ts";

/** Who may say what is sold, and for how much. */
const SELLING = { staff: ["owner", "marketing"] } as const;

/** For staff: what plans are called, cost and hold, version by version. */
export const plansRouter = router({
  list: access(STAFF).query(({ ctx }) => ctx.db.transaction(listPlansForStaff, { readOnly: true })),
  get: access(STAFF)
    .input(planInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => readPlan(tx, input.code), { readOnly: true })),
  startDraft: access(SELLING)
    .input(startDraftInput)
    .mutation(({ ctx, input }) => startDraft(ctx, input)),
  saveDraft: access(SELLING)
    .input(saveDraftInput)
    .mutation(({ ctx, input }) => saveDraft(ctx, input)),
  discardDraft: access(SELLING)
    .input(discardDraftInput)
    .mutation(({ ctx, input }) => discardDraft(ctx, input)),
  publish: access(SELLING)
    .input(publishPlanInput)
    .mutation(async ({ ctx, input }) => {
      const { id, version } = await orderPublish(ctx, input);
      return { id, version };
    }),
  retire: access(SELLING)
    .input(retirePlanInput)
    .mutation(({ ctx, input }) => retirePlan(ctx, input)),
});
