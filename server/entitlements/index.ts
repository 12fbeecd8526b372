export { applyPlan, OVER_SEATS_ALERT } from "./apply-plan.ts";
export { createEntitlementBook, type EntitlementBook } from "./entitlement-book.ts";
export { entitlementErrors } from "./errors.ts";
export { type FeatureValue, isValueOf } from "./feature-value.ts";
export { findPlanOf, findPlanOnSale, findPlanSoldAs } from "./find-plan.ts";
export type { EntitlementPorts } from "./has-entitlement.ts";
export { type PlanVersionStatus, planVersionMachine } from "./plan-version-status.ts";
export { lookAtOrganization, requireEntitled } from "./read-entitlements.ts";
