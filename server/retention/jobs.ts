import { z } from "zod";
import { defineJob } from "../kernel/job.ts";

/** Removes what is kept no longer. */
export const pruneJob = defineJob({ name: "retention.prune", payload: z.object({}), attempts: 3 });
