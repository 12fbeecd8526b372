import { z } from "zod";
import { defineJob } from "../kernel/job.ts";

/** Compares with the provider: what it noted since we last asked, and the objects that may still change. */
export const reconcileJob = defineJob({ name: "reconciliation.run", payload: z.object({}), attempts: 3 });
