export { followPlan, withdrawPlan } from "./follow-plan.ts";
export { migratePage } from "./migrate-page.ts";
export { publishPlan } from "./publish-plan.ts";
