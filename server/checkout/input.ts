import { z } from "zod";

const id = z.string().min(1).max(100);
const quantity = z.number().int().min(1).max(99);
const currency = z.enum(["SEK", "EUR", "USD"]);
/** The bearer token of a purchase, as it stands in its links. */
const ref = z.string().regex(/^[\w-]{20,100}$/);

export const addToCartInput = z.strictObject({ variantId: id, quantity, currency: currency.optional() });
/** 0 takes the line out. */
export const setCartQuantityInput = z.strictObject({ variantId: id, quantity: z.number().int().min(0).max(99) });

/** One product bought straight from its card. `variantId` where it comes in several forms. */
const direct = z.strictObject({ productId: id, variantId: id.optional(), quantity: quantity.optional() });

export const startCheckoutInput = z.strictObject({
  source: z.union([z.strictObject({ cart: z.literal(true) }), direct]),
  currency: currency.optional(),
  /** The buyer wants the service to begin before the withdrawal period is over. */
  startConsent: z.boolean().optional(),
  /** The changed prices were shown and the buyer goes on. */
  acceptChangedPrices: z.boolean().optional(),
  /** The unit price on the card that was pressed, in minor units: only compared, never charged. */
  shownAmount: z.number().int().min(0).max(99_999_999).optional(),
  /** The trial and the setup fee (minor units) on that card: likewise. */
  shownTerms: z
    .strictObject({
      trialDays: z.number().int().min(0).max(365),
      setupFeeAmount: z.number().int().min(0).max(99_999_999),
    })
    .optional(),
  /** Random, made with the page: the presses of a browser that holds no cookie yet are known by it to be one visitor's. */
  formKey: z
    .string()
    .regex(/^[\w-]{16,100}$/)
    .optional(),
});

/** What `POST /api/checkout` takes. */
export const checkoutEndpointInput = z.strictObject({
  productId: id,
  quantity: quantity.optional(),
  currency: currency.optional(),
});

export const refInput = z.strictObject({ ref });
