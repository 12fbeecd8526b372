import { z } from "zod";

const page = { cursor: z.string().max(400).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) };
const id = z.string().min(1).max(100);

export const ORDER_STATUSES = ["awaiting_payment", "confirmed", "completed", "cancelled"] as const;
/** How far the goods of an order have come; `awaiting`: paid and not yet begun. */
export const ORDER_GOODS = ["awaiting", "under_way", "none"] as const;

export const myOrdersInput = z.object(page);
export const orderInput = z.object({ id });
export const orderRefInput = z.object({ ref: z.string().regex(/^[\w-]{20,100}$/) });
export const orderListInput = z.object({
  ...page,
  /** An order number, an e-mail address or its beginning. */
  q: z.string().trim().max(200).optional(),
  status: z.enum(ORDER_STATUSES).optional(),
  goods: z.enum(ORDER_GOODS).optional(),
});
