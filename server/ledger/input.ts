import { z } from "zod";
import { listPlace } from "../kernel/input.ts";

export const accountListInput = z.object({
  ...listPlace,
  kind: z.string().max(30).optional(),
  /** The beginning of an account's id, or the whole id of whose it is. */
  q: z.string().trim().max(200).optional(),
});
export const accountEntriesInput = z.object({
  ...listPlace,
  accountId: z.string().max(200),
});
export const postingIdInput = z.object({ id: z.string().max(60) });
