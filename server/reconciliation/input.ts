import { z } from "zod";
import { listPlace } from "../kernel/input.ts";

export const DRIFT_KINDS = ["subscription", "invoice", "payment", "checkout", "organization", "payout"] as const;
export const DRIFT_STATES = ["open", "healed"] as const;

export const driftListInput = z.object({
  ...listPlace,
  kind: z.enum(DRIFT_KINDS).optional(),
  state: z.enum(DRIFT_STATES).optional(),
  /** The whole id of the object, the provider's or ours. */
  q: z.string().trim().max(200).optional(),
});
