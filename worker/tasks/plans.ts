import {
  archivePlanPrices,
  followPlan,
  migratePage,
  publishPlan,
  quoteMovePage,
  withdrawPlan,
} from "../../server/plans/index.ts";
import type {
  archivePlanPricesJob,
  followPlanJob,
  migratePlanJob,
  moveNowJob,
  publishPlanJob,
  putPlanOnSaleJob,
  quoteMoveJob,
  withdrawPlanJob,
} from "../../server/plans/jobs.ts";
import type { Handler } from "../handler.ts";

export const handlePublishPlan: Handler<typeof publishPlanJob> = publishPlan;
export const handlePutPlanOnSale: Handler<typeof putPlanOnSaleJob> = publishPlan;
export const handleArchivePlanPrices: Handler<typeof archivePlanPricesJob> = archivePlanPrices;
export const handleFollowPlan: Handler<typeof followPlanJob> = async (ctx, page) => {
  await followPlan(ctx, page);
};
export const handleMigratePlan: Handler<typeof migratePlanJob> = migratePage;
export const handleMoveNow: Handler<typeof moveNowJob> = migratePage;
export const handleQuoteMove: Handler<typeof quoteMoveJob> = quoteMovePage;
export const handleWithdrawPlan: Handler<typeof withdrawPlanJob> = withdrawPlan;
