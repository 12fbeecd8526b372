export { followPlan, withdrawPlan } from "./follow-plan.ts";
export { migratePage } from "./migrate-page.ts";
export { archivePlanPrices, publishPlan } from "./publish-plan.ts";
export { quoteMovePage } from "./quote-move.ts";
