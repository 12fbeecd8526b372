import { z } from "zod";

export const accountListInput = z.object({
  kind: z.string().max(30).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.number().int().min(1).max(100).default(50),
});
export const accountEntriesInput = z.object({
  accountId: z.string().max(200),
  cursor: z.string().max(20).optional(),
  limit: z.number().int().min(1).max(100).default(50),
});
export const postingIdInput = z.object({ id: z.string().max(60) });
