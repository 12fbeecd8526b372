import { z } from "zod";
import { listPlace } from "../kernel/input.ts";

export const MEMBERSHIP_STATUSES = [
  ...(["incomplete", "incomplete_expired", "trialing", "active", "past_due", "unpaid", "paused", "canceled"] as const),
] as const;

export const membershipListInput = z.object({
  ...listPlace,
  /** An e-mail address or its beginning, or an id of ours or Stripe's. */
  q: z.string().trim().max(200).optional(),
  status: z.enum(MEMBERSHIP_STATUSES).optional(),
  sort: z.enum(["since"]).default("since"),
});
export const membershipInput = z.object({ id: z.string().min(1).max(100) });
