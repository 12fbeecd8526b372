import { z } from "zod";
import { defineJob } from "../kernel/job.ts";

/** Goes on with an act on many events: its dry run, or the act itself. */
export const workBatchJob = defineJob({ name: "webhooks.batch", payload: z.object({ batchId: z.string() }) });

/** Sends ourselves a test event. */
export const provePathJob = defineJob({ name: "webhooks.prove-path", payload: z.object({}), attempts: 3 });
/** Looks whether the inbox does what it should, and tells staff when not. */
export const watchInboxJob = defineJob({ name: "webhooks.watch", payload: z.object({}), attempts: 3 });

/** Follows up one stored event. No job key: two events of one object in a flush would replace each other. */
export const processWebhook = defineJob({ name: "webhooks.process", payload: z.object({ eventId: z.string() }) });
/** Looks at the payment of a refund of ours, and at what it paid. */
export const followRefundJob = defineJob({
  name: "webhooks.follow-refund",
  payload: z.object({ refundId: z.string() }),
});
