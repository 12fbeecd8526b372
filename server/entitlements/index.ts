export { applyPlan } from "./apply-plan.ts";
export { createEntitlementBook, type EntitlementBook } from "./entitlement-book.ts";
export { createEntitlementKeys } from "./entitlement-keys.ts";
export { entitlementErrors } from "./errors.ts";
export { findPlanOnSale, findPlanSoldAs } from "./find-plan.ts";
export type { EntitlementPorts } from "./has-entitlement.ts";
export { lookAtOrganization, requireEntitled } from "./read-entitlements.ts";
export type { TokenPorts } from "./sign-entitlements.ts";
