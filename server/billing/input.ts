import { z } from "zod";

export const myInvoicesInput = z.object({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  year: z.coerce.number().int().min(2000).max(2200).optional(),
});
