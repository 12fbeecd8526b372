import { z } from "zod";
import { defineJob } from "../kernel/job.ts";

/** Goes on with an act on many events: its dry run, or the act itself. */
export const workBatchJob = defineJob({ name: "webhooks.batch", payload: z.object({ batchId: z.string() }) });

/** Follows up one stored event. No job key: two events of one object in a flush would replace each other. */
export const processWebhook = defineJob({ name: "webhooks.process", payload: z.object({ eventId: z.string() }) });
