import { z } from "zod";
import { defineJob } from "../kernel/job.ts";

/** Makes an organization's entitlements what its subscriptions say now. */
export const applyPlanJob = defineJob({
  name: "entitlements.apply",
  payload: z.object({ subscriptionId: z.string(), cause: z.string() }),
});
