import { z } from "zod";
import { defineJob } from "../kernel/job.ts";

/** Mails the member what has started, what it costs and when it renews. */
export const sendMembershipStartedJob = defineJob({
  name: "subscriptions.send-started",
  payload: z.object({ subscriptionId: z.string() }),
});
/** Ends the trials that somebody has besides their first, after a guest's purchases became theirs. */
export const refuseSecondTrialsJob = defineJob({
  name: "subscriptions.refuse-second-trials",
  payload: z.object({ customerId: z.string() }),
});
