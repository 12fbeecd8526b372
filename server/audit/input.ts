import { z } from "zod";
import { listPlace } from "../kernel/input.ts";

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
  ...listPlace,
});
