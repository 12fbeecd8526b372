import { z } from "zod";
import { defineJob } from "../kernel/job.ts";

/** Gives a user whose address was just proven what was bought with it as a guest. */
export const claimGuestPurchasesJob = defineJob({
  name: "identity.claim-guest-purchases",
  payload: z.object({ userId: z.string() }),
});
