import { z } from "zod";
import { defineJob } from "../kernel/job.ts";

/** Follows up one stored event. No job key: two events of one object in a flush would replace each other. */
export const processWebhook = defineJob({ name: "webhooks.process", payload: z.object({ eventId: z.string() }) });
/** Looks at the payment of a refund of ours, and at what it paid. */
export const followRefundJob = defineJob({
  name: "webhooks.follow-refund",
  payload: z.object({ refundId: z.string() }),
});
