import { z } from "zod";
import { listPlace } from "../kernel/input.ts";

export const EMAIL_STATUSES = ["queued", "sending", "sent", "failed", "stopped"] as const;

export const emailListInput = z.object({
  ...listPlace,
  /** The beginning of an address or template, or an id of ours. */
  q: z.string().trim().max(200).optional(),
  status: z.enum(EMAIL_STATUSES).optional(),
  /** Days in the shop's time zone, both included. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  sort: z.enum(["created"]).default("created"),
});
export const emailIdInput = z.object({ id: z.string().max(60) });
/** `dryRun`: only says how many would go out. `formKey`: made with the form, pressed twice it is sent once. */
export const resendManyInput = z.object({
  ids: z.array(z.string().max(60)).min(1).max(200),
  reason: z.string().trim().min(3).max(500),
  formKey: z.string().regex(/^[\w-]{16,100}$/),
  dryRun: z.boolean().default(false),
});
export const resendEmailInput = z.object({ id: z.string().max(60), reason: z.string().trim().min(3).max(500) });
