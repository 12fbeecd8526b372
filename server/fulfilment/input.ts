import { z } from "zod";

export const FULFILMENT_STATUSES = ["not_started", "in_production", "shipped", "stopped", "cancelled"] as const;

export const GOODS_ACTS = ["start", "ship", "stop"] as const;
export type GoodsAct = (typeof GOODS_ACTS)[number];
/** Text of a form's field, left out where it is empty. */
const maybe = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^[^\0]*$/u)
    .transform((text) => text || undefined)
    .optional();
export const moveGoodsInput = z.object({
  orderId: z.string().trim().min(1).max(60),
  act: z.enum(GOODS_ACTS),
  /** Why they stay; of stopping alone. */
  reason: maybe(500),
  /** Who carries them, the parcel's number, and where it can be followed; of shipping alone. */
  carrier: maybe(60),
  trackingNumber: maybe(80),
  trackingUrl: z.union([z.literal("").transform(() => undefined), z.url({ protocol: /^https$/ }).max(500)]).optional(),
});
export type MoveGoods = z.output<typeof moveGoodsInput>;

export const fulfilmentListInput = z.object({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  status: z.enum(FULFILMENT_STATUSES).optional(),
});
