import { z } from "zod";
import { listPlace } from "../kernel/input.ts";

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

/** As the states of a checkout that is charged without a page. */
export const TOP_UP_STATUSES = ["created", "unknown", "completed", "failed"] as const;
export const topUpListInput = z.object({
  ...listPlace,
  /** The beginning of an address, or the id of a customer or payment. */
  q: z.string().trim().max(200).optional(),
  status: z.enum(TOP_UP_STATUSES).optional(),
  /** Days in the shop's time zone, both included. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  sort: z.enum(["created"]).default("created"),
});

/** What `POST /checkout` takes, and the button that buys credits. */
export const buyCreditsInput = z.strictObject({
  /** How many packs. */
  quantity,
  /** The API key that they are bought for: told to Stripe and kept with the purchase. */
  keyId: id.optional(),
  /** Which pack; left out: the usual one. */
  productId: id.optional(),
  currency: currency.optional(),
  /** Keep the card, to be charged when credits run low. */
  keepCard: z.boolean().optional(),
  /** The price of one that was shown, in minor units: only compared, never charged. */
  shownAmount: z.number().int().min(0).max(99_999_999).optional(),
});

/** What a plan is bought by. Codes are checked where plans are known, so that the answer says which there are. */
/** How many seats a plan is to have in all. Left out, or fewer: those that it holds. */
const seats = z.number().int().min(1).max(1_000).optional();
export const buyPlanInput = z.strictObject({
  organizationId: id,
  planCode: z.string().min(1).max(60),
  interval: z.enum(["month", "year"]),
  seats,
  startConsent: z.boolean().optional(),
});
export const openPortalInput = z.strictObject({
  organizationId: id,
  returnUrl: z.string().min(1).max(2_000).optional(),
});
/** What `POST /api/billing/checkout` and `POST /api/billing/portal` take. */
export const billingCheckoutInput = z.strictObject({
  orgId: id,
  planCode: z.string().min(1).max(60),
  interval: z.enum(["month", "year"]),
  seats,
});
export const billingPortalInput = z.strictObject({ orgId: id, returnUrl: z.string().min(1).max(2_000).optional() });

/** What is done when credits run low; what is left out is not done. Amounts are minor units, tax included. */
export const creditSettingsInput = z.strictObject({
  topUp: z
    .strictObject({
      below: z.number().int().min(1).max(1_000_000_000),
      productId: id,
      quantity,
      currency,
      dailyCap: z.number().int().min(1).max(99_999_999),
      monthlyCap: z.number().int().min(1).max(999_999_999),
    })
    .refine((wish) => wish.monthlyCap >= wish.dailyCap, {
      path: ["monthlyCap"],
      error: "At least what a day may cost.",
    })
    .optional(),
  lowBelow: z.number().int().min(1).max(1_000_000_000).optional(),
  lowPercent: z.number().int().min(1).max(100).optional(),
});

const words = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\0]*$/u, "must not hold the character NUL");
/** What was used while the shop was silent, as `credits.consume` takes it. */
export const reportUsageInput = z.object({
  credits: z.number().int().min(1).max(1_000_000_000),
  reason: words(200),
  reference: words(200).optional(),
  feature: words(100).optional(),
  idempotencyKey: words(200),
});
export const packsInput = z.object({ currency: currency.default("SEK") }).prefault({});

export const refInput = z.strictObject({ ref });
