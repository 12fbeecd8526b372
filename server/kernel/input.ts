import { z } from "zod";

/** Where in a list, how much of it, and which way: what every list of the back office takes besides its own filters. */
export const listPlace = {
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  /** Left out: the direction that the column is usually read in. */
  direction: z.enum(["asc", "desc"]).optional(),
  /** Also say how many rows match, counted up to ten thousand. */
  counted: z.boolean().default(false),
};

/** Where in a timeline or a part of a page, and how much of it. */
export const partPlace = {
  cursor: listPlace.cursor,
  limit: z.coerce.number().int().min(1).max(200).default(50),
};

/** What a query takes of a parsed input: everything but how many rows may be left out. */
export type Asked<Schema extends z.ZodType> = Partial<z.output<Schema>> & { readonly limit: number };
