import { z } from "zod";
import { listPlace, partPlace } from "../kernel/input.ts";

export const MEMBERSHIP_STATUSES = [
  ...(["incomplete", "incomplete_expired", "trialing", "active", "past_due", "unpaid", "paused", "canceled"] as const),
] as const;

export const membershipListInput = z.object({
  ...listPlace,
  /** An e-mail address or its beginning, or an id of ours (also a customer's or an organization's) or Stripe's. */
  q: z.string().trim().max(200).optional(),
  status: z.enum(MEMBERSHIP_STATUSES).optional(),
  sort: z.enum(["since"]).default("since"),
});
/** `cursor`, `limit`: of its history. */
export const membershipInput = z.object({ id: z.string().min(1).max(100), ...partPlace });
