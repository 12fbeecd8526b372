import { access, router, STAFF } from "../trpc/init.ts";
import {
  beginMoveInput,
  discardDraftInput,
  migrationInput,
  migrationsInput,
  planInput,
  planListInput,
  previewMigrationInput,
  publishPlanInput,
  retirePlanInput,
  saveDraftInput,
  startDraftInput,
  startMigrationInput,
  steerMigrationInput,
  takeBackStepInput,
} from "./input.ts";
import { listMigrations, previewMigration } from "./migration-queries.ts";
import { beginMove, orderMigration, steerMigration } from "./order-migration.ts";
import { orderPublish, retirePlan } from "./order-publish.ts";
import { listPlansForStaff, readPlan } from "./queries.ts";
import { readMigration } from "./read-migration.ts";
import { discardDraft, saveDraft } from "./save-draft.ts";
import { startDraft } from "./start-draft.ts";
import { takeBackStep } from "./take-back-one.ts";

/** Who may say what is sold, and for how much. */
const SELLING = { staff: ["owner", "marketing"] } as const;

/** Who may move what people pay. */
const FINANCE = { staff: ["owner", "finance"] } as const;

/** Everybody on one version moved to another. */
const migrations = router({
  preview: access(STAFF)
    .input(previewMigrationInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => previewMigration(tx, input), { readOnly: true })),
  list: access(STAFF)
    .input(migrationsInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listMigrations(tx, input), { readOnly: true })),
  get: access(STAFF)
    .input(migrationInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => readMigration(tx, input), { readOnly: true })),
  start: access(FINANCE)
    .input(startMigrationInput)
    .mutation(({ ctx, input }) => orderMigration(ctx, input)),
  steer: access(FINANCE)
    .input(steerMigrationInput)
    .mutation(({ ctx, input }) => steerMigration(ctx, input)),
  begin: access(FINANCE)
    .input(beginMoveInput)
    .mutation(({ ctx, input }) => beginMove(ctx, input)),
  takeBack: access(FINANCE)
    .input(takeBackStepInput)
    .mutation(({ ctx, input }) => takeBackStep(ctx, input)),
});

/** For staff: what plans are called, cost and hold, version by version. */
export const plansRouter = router({
  list: access(STAFF)
    .input(planListInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listPlansForStaff(tx, input), { readOnly: true })),
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
  migrations,
});
