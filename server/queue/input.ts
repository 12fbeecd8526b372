import { z } from "zod";

export const JOB_STATES = ["dead", "retrying", "running", "waiting"] as const;

/** A job's number in the queue, beyond what a JavaScript number holds. */
const id = z.string().regex(/^\d{1,18}$/, "A job's id is a number.");

export const jobListInput = z.object({
  cursor: id.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  state: z.enum(JOB_STATES).optional(),
  task: z.string().trim().min(1).max(128).optional(),
});
export const jobInput = z.object({ id });
/** `dryRun`: only says how many would run. */
export const jobRetryManyInput = z.object({ ids: z.array(id).min(1).max(500), dryRun: z.boolean().default(false) });
export const jobGiveUpInput = z.object({ id, reason: z.string().trim().min(3, "Say why in a few words.").max(500) });
