import { archivePlanPrices, followPlan, migratePage, publishPlan, withdrawPlan } from "../../server/plans/index.ts";
import type {
  archivePlanPricesJob,
  followPlanJob,
  migratePlanJob,
  publishPlanJob,
  withdrawPlanJob,
} from "../../server/plans/jobs.ts";
import type { Handler } from "../handler.ts";

export const handlePublishPlan: Handler<typeof publishPlanJob> = publishPlan;
export const handleArchivePlanPrices: Handler<typeof archivePlanPricesJob> = archivePlanPrices;
export const handleFollowPlan: Handler<typeof followPlanJob> = async (ctx, page) => {
  await followPlan(ctx, page);
};
export const handleMigratePlan: Handler<typeof migratePlanJob> = migratePage;
export const handleWithdrawPlan: Handler<typeof withdrawPlanJob> = withdrawPlan;
