import { z } from "zod";

const page = { cursor: z.string().max(400).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) };

export const MEMBERSHIP_STATUSES = [
  ...(["incomplete", "incomplete_expired", "trialing", "active", "past_due", "unpaid", "paused", "canceled"] as const),
] as const;

export const membershipListInput = z.object({
  ...page,
  /** An e-mail address or its beginning, or an id of ours or Stripe's. */
  q: z.string().trim().max(200).optional(),
  status: z.enum(MEMBERSHIP_STATUSES).optional(),
});
export const membershipInput = z.object({ id: z.string().min(1).max(100) });
