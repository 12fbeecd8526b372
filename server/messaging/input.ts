import { z } from "zod";

export const emailListInput = z.object({
  status: z.enum(["queued", "sending", "sent", "failed", "stopped"]).optional(),
  q: z.string().trim().max(200).optional(),
  cursor: z.string().max(60).optional(),
  limit: z.number().int().min(1).max(100).default(50),
});
export const emailIdInput = z.object({ id: z.string().max(60) });
export const resendEmailInput = z.object({ id: z.string().max(60), reason: z.string().trim().min(3).max(500) });
