import { z } from "zod";

export const WEBHOOK_STATUSES = ["received", "retrying", "handled", "ignored", "dead", "discarded"] as const;

const page = { cursor: z.string().max(400).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) };
const id = z.string().min(1).max(400);
const reason = z.string().trim().min(3, "Say why in a few words.").max(500);

export const eventListInput = z.object({
  ...page,
  status: z.enum(WEBHOOK_STATUSES).optional(),
  type: z.string().trim().max(200).optional(),
  /** Part of an event id, or the whole id of the object it is about. */
  q: z.string().trim().max(200).optional(),
});
export const eventInput = z.object({ id });
export const replayInput = z.object({ id, dryRun: z.boolean().default(false), reason: reason.optional() });
export const discardInput = z.object({ id, reason });
export const alertListInput = z.object({ ...page, open: z.boolean().default(true) });
export const alertInput = z.object({ id, reason });
