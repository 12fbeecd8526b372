import { z } from "zod";

export const DRIFT_KINDS = ["subscription", "invoice", "payment", "checkout"] as const;
export const DRIFT_STATES = ["open", "healed"] as const;

export const driftListInput = z.object({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  kind: z.enum(DRIFT_KINDS).optional(),
  state: z.enum(DRIFT_STATES).optional(),
  /** The whole id of the object, the provider's or ours. */
  q: z.string().trim().max(200).optional(),
});
