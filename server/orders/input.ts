import { z } from "zod";
import { listPlace } from "../kernel/input.ts";

const page = { cursor: z.string().max(1000).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) };
const id = z.string().min(1).max(100);

export const ORDER_STATUSES = ["awaiting_payment", "confirmed", "completed", "cancelled"] as const;
/** How far the goods of an order have come; `awaiting`: paid and not yet begun. */
export const ORDER_GOODS = ["awaiting", "under_way", "none"] as const;

export const myOrdersInput = z.object(page);
export const orderInput = z.object({ id });
export const orderRefInput = z.object({ ref: z.string().regex(/^[\w-]{20,100}$/) });
export const orderListInput = z.object({
  ...listPlace,
  /** The beginning of an order number or e-mail address, or an id of ours or Stripe's. */
  q: z.string().trim().max(200).optional(),
  status: z.enum(ORDER_STATUSES).optional(),
  goods: z.enum(ORDER_GOODS).optional(),
  /** Days in the shop's time zone, both included. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  sort: z.enum(["placed", "total"]).default("placed"),
});
