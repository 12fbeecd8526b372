import { z } from "zod";
import { listPlace } from "../kernel/input.ts";

const id = z.string().trim().min(1).max(200);
const line = z.string().trim().min(1).max(120);
const texts = (text: z.ZodString) => z.strictObject({ sv: text, en: text });
const position = z.number().int().min(0).max(100_000);
/** The most that is charged for one thing, in minor units: what the payment provider takes. */
export const MOST_AMOUNT = 99_999_999;

export const PRODUCT_KINDS = ["membership", "merchandise", "credit_pack", "plan"] as const;
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

const slug = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
  .max(60);

/** A product that is put into the catalogue, not on sale yet. `sku`: of goods that come in one form only. */
export const createProductInput = z
  .strictObject({
    id: slug,
    kind: z.enum(["membership", "merchandise"]),
    name: texts(line),
    summary: texts(z.string().trim().min(1).max(300)),
    description: texts(z.string().trim().min(1).max(4_000)),
    /** Of a membership: what it includes. */
    includes: z.array(texts(line)).max(12).default([]),
    art: z.string().regex(/^[a-z][a-z-]{1,40}$/),
    category: slug,
    taxRateBps: z.number().int().min(0).max(10_000),
    /** What tells its forms apart, in order; a membership has `billing`. */
    optionNames: z.array(slug).max(3).default([]),
    sku: z
      .string()
      .trim()
      .regex(/^[A-Z0-9][A-Z0-9-]{1,60}$/)
      .optional(),
  })
  .refine(
    ({ kind, optionNames, sku: only }) => (kind === "merchandise" && optionNames.length === 0) === (only !== undefined),
  );
export type CreateProductInput = z.output<typeof createProductInput>;

/** Everything that staff may say of a product. `taxRateBps`: VAT inside the price, in basis points. */
export const editProductInput = z.strictObject({
  id,
  name: texts(line),
  summary: texts(z.string().trim().min(1).max(300)),
  description: texts(z.string().trim().min(1).max(4_000)),
  /** Of a membership: what it includes, all of it; left out, it stays. */
  includes: z.array(texts(line)).max(12).optional(),
  category: z
    .string()
    .trim()
    .regex(/^[a-z][a-z-]{1,40}$/),
  taxRateBps: z.number().int().min(0).max(10_000),
  position,
  active: z.boolean(),
  /** Of a membership: how many days it holds although a payment is missing; left out, as it was. */
  graceDays: z.number().int().min(0).max(90).optional(),
  /** Of a membership: how many of it one subscription may have; left out, as it was. */
  mostUnits: z.number().int().min(1).max(99).optional(),
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
/** What a trial's end brings when no card has come by then; null: a card is asked for at the start. */
const trialWithoutCard = z.enum(["cancel", "pause", "create_invoice"]).nullable();
/** What belongs to a recurring price; what is not given stays. The fee in minor units, tax included. */
const termsInput = {
  trialDays: trialDays.optional(),
  trialWithoutCard: trialWithoutCard.optional(),
  setupFeeAmount: z.number().int().min(0).max(MOST_AMOUNT).optional(),
};

/** A default price in a currency and interval that has none yet. Amounts in minor units, tax included. */
export const addPriceInput = z.strictObject({
  productId: id,
  variantId: id.nullable(),
  currency: z.enum(["SEK", "EUR", "USD"]),
  amount: z.number().int().min(100).max(MOST_AMOUNT),
  interval: z.enum(["day", "week", "month", "year"]).nullable(),
  intervalCount: z.number().int().min(1).max(36).nullable(),
  trialDays: trialDays.default(0),
  trialWithoutCard: trialWithoutCard.default(null),
  setupFeeAmount: z.number().int().min(0).max(MOST_AMOUNT).default(0),
});
export type AddPriceInput = z.output<typeof addPriceInput>;

/** A picture as base64 of its file, with what it shows. */
export const addMediaInput = z.strictObject({
  productId: id,
  base64: z.base64().max(4_100_000),
  alt: texts(z.string().trim().min(1).max(300)),
});
export type AddMediaInput = z.output<typeof addMediaInput>;
/** `picture`: the file's id, or `art:` and the drawing's name. */
export const editMediaInput = z.strictObject({
  productId: id,
  picture: z.string().max(100),
  alt: texts(z.string().trim().min(1).max(300)).optional(),
  act: z.enum(["save", "earlier", "later", "remove"]),
});
export type EditMediaInput = z.output<typeof editMediaInput>;

/** `amount` in minor units, tax included. */
export const changePriceInput = z.strictObject({
  priceId: id,
  amount: z.number().int().min(100).max(MOST_AMOUNT),
  ...termsInput,
  reason: z.string().trim().min(3).max(500),
});
export type ChangePriceInput = z.output<typeof changePriceInput>;
