export { applyPlan } from "./apply-plan.ts";
export { createEntitlementBook, type EntitlementBook } from "./entitlement-book.ts";
