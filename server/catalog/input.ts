import { z } from "zod";
import { listPlace } from "../kernel/input.ts";

const id = z.string().trim().min(1).max(200);
const line = z.string().trim().min(1).max(120);
const texts = (text: z.ZodString) => z.strictObject({ sv: text, en: text });
const position = z.number().int().min(0).max(100_000);
/** The most that is charged for one thing, in minor units: what the payment provider takes. */
export const MOST_AMOUNT = 99_999_999;

export const PRODUCT_KINDS = ["membership", "merchandise", "credit_pack"] as const;
export const productListInput = z
  .object({
    ...listPlace,
    q: z.string().trim().max(100).optional(),
    kind: z.enum(PRODUCT_KINDS).optional(),
    /** Whether it can be bought now. */
    sold: z.enum(["on", "off"]).optional(),
  })
  .prefault({});
export const officeProductInput = z.object({ id });

/** Everything that staff may say of a product. `taxRateBps`: VAT inside the price, in basis points. */
export const editProductInput = z.strictObject({
  id,
  name: texts(line),
  summary: texts(z.string().trim().min(1).max(300)),
  description: texts(z.string().trim().min(1).max(4_000)),
  category: z
    .string()
    .trim()
    .regex(/^[a-z][a-z-]{1,40}$/),
  taxRateBps: z.number().int().min(0).max(10_000),
  position,
  active: z.boolean(),
});
export type EditProductInput = z.output<typeof editProductInput>;

const sku = z
  .string()
  .trim()
  .regex(/^[A-Z0-9][A-Z0-9-]{1,60}$/);
export const editVariantInput = z.strictObject({ id, sku, position, active: z.boolean(), trackStock: z.boolean() });
export type EditVariantInput = z.output<typeof editVariantInput>;

/** A form of a product that is sold at the product's own price: its options by the names that the product has. */
export const addVariantInput = z.strictObject({
  productId: id,
  sku,
  options: z.record(z.string().max(40), texts(z.string().trim().min(1).max(60))),
});
export type AddVariantInput = z.output<typeof addVariantInput>;

/** A trial is none, or two days to a year: there has to be time to say that it ends. */
const trialDays = z
  .number()
  .int()
  .min(0)
  .max(365)
  .refine((days) => days !== 1);
/** What belongs to a recurring price; what is not given stays. The fee in minor units, tax included. */
const termsInput = {
  trialDays: trialDays.optional(),
  setupFeeAmount: z.number().int().min(0).max(MOST_AMOUNT).optional(),
};

/** `amount` in minor units, tax included. */
export const changePriceInput = z.strictObject({
  priceId: id,
  amount: z.number().int().min(100).max(MOST_AMOUNT),
  ...termsInput,
  reason: z.string().trim().min(3).max(500),
});
export type ChangePriceInput = z.output<typeof changePriceInput>;
