import { z } from "zod";
import { defineJob } from "../kernel/job.ts";

/** Mails the member what has started, what it costs and when it renews. */
export const sendMembershipStartedJob = defineJob({
  name: "subscriptions.send-started",
  payload: z.object({ subscriptionId: z.string() }),
});
