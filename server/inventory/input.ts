import { z } from "zod";

const id = z.string().trim().min(1).max(200);
const page = { cursor: z.string().max(400).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) };
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
export const movementListInput = z.object({ ...page, variantId: id.optional(), productId: id.optional() });
