import { signalLow, sweepCredits } from "../../server/credits/index.ts";
import type { signalLowJob, sweepCreditsJob } from "../../server/credits/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleSignalLow: Handler<typeof signalLowJob> = (ctx, payload) => signalLow(ctx, payload);
export const handleSweepCredits: Handler<typeof sweepCreditsJob> = (ctx) => sweepCredits(ctx);
