import { applyPlan } from "../../server/entitlements/index.ts";
import type { applyPlanJob } from "../../server/entitlements/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleApplyPlan: Handler<typeof applyPlanJob> = (ctx, payload) => applyPlan(ctx, payload);
