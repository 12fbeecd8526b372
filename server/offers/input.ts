import { z } from "zod";
import { listPlace } from "../kernel/input.ts";

export const OFFER_KINDS = ["discount", "pause", "plan", "free"] as const;
const OFFER_REASONS = [
  "too_expensive",
  "unused",
  "switched_service",
  "missing_features",
  "low_quality",
  "customer_service",
  "too_complex",
  "other",
] as const;
export const OFFER_STATES = ["on", "off"] as const;

const id = z.string().min(1).max(100);
const formKey = z.string().regex(/^[\w-]{16,100}$/);

/** A member says why they leave, before anything ends. */
export const showOfferInput = z.strictObject({
  id,
  reason: z.enum(OFFER_REASONS).optional(),
  comment: z.string().trim().max(500).optional(),
  formKey,
});
export const offerShowingInput = z.strictObject({ showingId: id });
/** `timing`: when the page said that the membership ends without the offer. */
export const declineOfferInput = offerShowingInput.extend({ timing: z.enum(["now", "period_end"]) });

/** What staff say of an offer. Which of the figures it needs is up to its kind. */
export const offerContentInput = z
  .strictObject({
    name: z.string().trim().min(1).max(120),
    kind: z.enum(OFFER_KINDS),
    productIds: z.array(id).max(100),
    reasons: z.array(z.enum(OFFER_REASONS)).max(OFFER_REASONS.length),
    /** Of money off: the share in basis points. */
    discountBps: z.number().int().min(100).max(10_000).optional(),
    /** Months of money off or of a pause, free periods. */
    months: z.number().int().min(1).max(36).optional(),
    productId: id.optional(),
    variantId: id.optional(),
    activeFrom: z.coerce.date().optional(),
    activeUntil: z.coerce.date().optional(),
    againAfterMonths: z.number().int().min(1).max(120),
    position: z.number().int().min(1).max(999),
  })
  .refine(({ kind, discountBps }) => kind !== "discount" || discountBps !== undefined, {
    path: ["discountBps"],
    message: "Money off needs its share, in basis points.",
  })
  .refine(({ kind, months }) => (kind !== "discount" && kind !== "free") || months !== undefined, {
    path: ["months"],
    message: "Say for how many months, or how many periods are free.",
  })
  .refine(({ kind, months }) => months === undefined || kind === "discount" || months <= 12, {
    path: ["months"],
    message: "A pause and free time last twelve at most.",
  })
  .refine(({ kind, productId, variantId }) => kind !== "plan" || (productId !== undefined && variantId !== undefined), {
    path: ["variantId"],
    message: "Say which membership or plan is offered instead.",
  })
  .refine(({ activeFrom, activeUntil }) => !activeFrom || !activeUntil || activeFrom < activeUntil, {
    path: ["activeUntil"],
    message: "It must end after it begins.",
  });
export type OfferContent = z.output<typeof offerContentInput>;

/** Made with the form: the same press twice is one offer. */
export const addOfferInput = z.strictObject({ formKey, content: offerContentInput });
export const editOfferInput = z.strictObject({ id, revision: z.number().int().min(0), content: offerContentInput });
export const switchOfferInput = z.strictObject({ id, on: z.boolean() });
export const offerInput = z.strictObject({ id });
export const offerListInput = z
  .strictObject({
    ...listPlace,
    state: z.enum(OFFER_STATES).optional(),
    sort: z.enum(["created"]).default("created"),
  })
  .prefault({});
export const showingListInput = z.strictObject({
  ...listPlace,
  offerId: id,
  answer: z.enum(["accepted", "declined", "open"]).optional(),
  sort: z.enum(["shown"]).default("shown"),
});
