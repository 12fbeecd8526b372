import { z } from "zod";
import { listPlace } from "../kernel/input.ts";

const id = z.string().trim().min(1).max(200);
const MOST = 1_000_000;

export const ADJUST_REASONS = ["received", "counted", "damaged", "returned", "correction"] as const;

/** Either how many came (or, below zero, went), or how many lie there now. */
export const adjustStockInput = z.strictObject({
  variantId: id,
  locationId: id,
  change: z.union([
    z.strictObject({ by: z.number().int().min(-MOST).max(MOST) }),
    z.strictObject({ counted: z.number().int().min(0).max(MOST) }),
  ]),
  reason: z.enum(ADJUST_REASONS),
  note: z.string().trim().max(500).optional(),
  /** Made with the form: the same key moves goods once. */
  key: z.string().regex(/^[\w-]{8,100}$/),
});
export type AdjustStockInput = z.output<typeof adjustStockInput>;

export const stockOfProductInput = z.object({ productId: id });
export const MOVEMENT_REASONS = ["sold", "restocked", ...ADJUST_REASONS] as const;
export const movementListInput = z.object({
  ...listPlace,
  variantId: id.optional(),
  productId: id.optional(),
  /** A variant's whole article number, in whatever case. */
  sku: z.string().trim().max(100).optional(),
  reason: z.enum(MOVEMENT_REASONS).optional(),
  sort: z.enum(["at"]).default("at"),
});
