import { claimGuestPurchases, endExpiredImpersonations } from "../../server/identity/index.ts";
import type { claimGuestPurchasesJob, endImpersonationsJob } from "../../server/identity/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleClaimGuestPurchases: Handler<typeof claimGuestPurchasesJob> = claimGuestPurchases;

/** Ends looks as a customer that have run out. */
export const handleEndImpersonations: Handler<typeof endImpersonationsJob> = endExpiredImpersonations;
