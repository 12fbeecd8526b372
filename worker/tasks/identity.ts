import { claimGuestPurchases } from "../../server/identity/index.ts";
import type { claimGuestPurchasesJob } from "../../server/identity/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleClaimGuestPurchases: Handler<typeof claimGuestPurchasesJob> = claimGuestPurchases;
