import { z } from "zod";

export const searchInput = z.object({ q: z.string().trim().min(2, "Type at least two characters.").max(200) });

export const customerListInput = z.object({
  q: z.string().trim().max(200).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.number().int().min(1).max(100).default(50),
});
export const customerIdInput = z.object({ id: z.string().max(60) });
