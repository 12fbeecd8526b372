import { carryOutAdjustment, carryOutReclaim, signalLow, sweepCredits } from "../../server/credits/index.ts";
import type { adjustJob, reclaimJob, signalLowJob, sweepCreditsJob } from "../../server/credits/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleAdjust: Handler<typeof adjustJob> = (ctx, payload) => carryOutAdjustment(ctx, payload);
export const handleReclaim: Handler<typeof reclaimJob> = (ctx, payload) => carryOutReclaim(ctx, payload);
export const handleSignalLow: Handler<typeof signalLowJob> = (ctx, payload) => signalLow(ctx, payload);
export const handleSweepCredits: Handler<typeof sweepCreditsJob> = (ctx) => sweepCredits(ctx);
