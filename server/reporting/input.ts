import { z } from "zod";

export const searchInput = z.object({ q: z.string().trim().min(2, "Type at least two characters.").max(200) });
