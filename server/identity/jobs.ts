import { z } from "zod";
import { defineJob } from "../kernel/job.ts";

/** Records the end of looks as a customer whose time is over. */
export const endImpersonationsJob = defineJob({ name: "identity.end-impersonations", payload: z.looseObject({}) });

/** Gives a user whose address was just proven what was bought with it as a guest. */
export const claimGuestPurchasesJob = defineJob({
  name: "identity.claim-guest-purchases",
  payload: z.object({ userId: z.string() }),
});

/** Seals anew what an older secret of the shop sealed, whoever it belongs to. */
export const resealJob = defineJob({ name: "identity.reseal", payload: z.looseObject({}), attempts: 3 });
