import { z } from "zod";

const text = z.string().trim().max(200).optional();
export const auditListInput = z.object({
  /** Who: `staff:usr_…`, `system:payments`, or a part of it. */
  actor: text,
  /** The beginning of an action, e.g. `payments.` */
  action: text,
  subject: text,
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  sort: z.literal("at").optional(),
  direction: z.literal("desc").optional(),
  cursor: z.string().max(500).optional(),
  limit: z.number().int().min(1).max(500).default(50),
});
