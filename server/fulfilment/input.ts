import { z } from "zod";

export const FULFILMENT_STATUSES = ["not_started", "in_production", "shipped", "stopped", "cancelled"] as const;

export const fulfilmentListInput = z.object({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  status: z.enum(FULFILMENT_STATUSES).optional(),
});
