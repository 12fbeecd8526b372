import { resealEndpoints } from "../../server/announcements/index.ts";
import { keepOrderLinks } from "../../server/checkout/index.ts";
import {
  claimGuestPurchases,
  endExpiredImpersonations,
  resealFactors,
  tellOfLostSecret,
} from "../../server/identity/index.ts";
import type { claimGuestPurchasesJob, endImpersonationsJob, resealJob } from "../../server/identity/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleClaimGuestPurchases: Handler<typeof claimGuestPurchasesJob> = claimGuestPurchases;

/** Ends looks as a customer that have run out. */
export const handleEndImpersonations: Handler<typeof endImpersonationsJob> = endExpiredImpersonations;

/** Every domain seals its own. */
export const handleReseal: Handler<typeof resealJob> = async (ctx) =>
  tellOfLostSecret(ctx, {
    factors: await resealFactors(ctx),
    endpoints: await resealEndpoints(ctx),
    order_links: await keepOrderLinks(ctx),
  });
