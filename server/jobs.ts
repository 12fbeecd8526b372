import { processWebhook } from "./webhooks/jobs.ts";

/** Every job there is. `worker/tasks/index.ts` has a handler for each, or it does not compile. */
export const jobs = { processWebhook } as const;
