export { followPlan, withdrawPlan } from "./follow-plan.ts";
export { publishPlan } from "./publish-plan.ts";
