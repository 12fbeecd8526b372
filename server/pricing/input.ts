import { z } from "zod";
import { listPlace } from "../kernel/input.ts";

const currency = z.enum(["SEK", "EUR", "USD"]);
const id = z.string().trim().min(1).max(200);

export const CAMPAIGN_STATUSES = ["draft", "active", "ended", "deleted"] as const;

export const SHELF_SORTS = ["position", "name", "price", "price_desc", "newest"] as const;
const code = z.string().trim().toLowerCase().max(60);

/** The public list. Amounts are minor units, tax included, compared with the price that holds now. */
export const shelfInput = z
  .object({
    kind: z.enum(["membership", "merchandise", "credit_pack"]).optional(),
    category: z.string().trim().max(60).optional(),
    q: z.string().trim().max(100).optional(),
    currency: currency.default("SEK"),
    priceFrom: z.coerce.number().int().min(0).optional(),
    priceTo: z.coerce.number().int().min(0).optional(),
    inStock: z.boolean().optional(),
    /** Option name → codes of which one is wanted (`{ color: ["black"], size: ["m", "l"] }`); all names together. */
    options: z.record(code, z.array(code).max(20)).optional(),
    sort: z.enum(SHELF_SORTS).default("position"),
    locale: z.enum(["sv", "en"]).default("sv"),
    cursor: z.string().max(400).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(100),
  })
  .prefault({});
export const productInput = z.object({ id, currency: currency.default("SEK") });
export const membershipsInput = z.object({ currency: currency.default("SEK") }).prefault({});

export const campaignListInput = z
  .object({ ...listPlace, status: z.enum(CAMPAIGN_STATUSES).optional(), q: z.string().trim().max(200).optional() })
  .prefault({});
export const ANNOUNCEMENT_RESULTS = ["created", "updated", "deleted", "duplicate", "stale"] as const;
export const announcementListInput = z
  .object({
    ...listPlace,
    result: z.enum(ANNOUNCEMENT_RESULTS).optional(),
    campaignId: z.string().trim().max(200).optional(),
  })
  .prefault({});
export const campaignInput = z.object({ id });
export const receiptListInput = z
  .object({
    ...listPlace,
    /** A receipt, product or campaign by id, an order's number, or the beginning of an address. */
    q: z.string().trim().max(200).optional(),
    campaign: z.enum(["with", "without"]).optional(),
    /** Days in the shop's time zone, both included. */
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
    sort: z.enum(["created"]).default("created"),
  })
  .prefault({});
export const priceListInput = z
  .object({
    ...listPlace,
    /** A product, a price, or Stripe's price, by id. */
    q: z.string().trim().max(200).optional(),
    currency: currency.optional(),
    state: z.enum(["current", "past"]).optional(),
    sort: z.enum(["created"]).default("created"),
  })
  .prefault({});
/** `ref`: the token of a guest's order. */
export const receiptInput = z.object({ id, ref: z.string().max(200).optional() });

const reason = z.string().trim().min(1).max(500);
const revision = z.coerce.number().int().nonnegative();
const isoInstant = z.iso.datetime({ offset: true }).nullable();
/** A campaign as it is written, right or not: what is wrong with it is told when it is judged, and nothing is lost. */
export const campaignContentInput = z.object({
  name: z.string().trim().max(200),
  startAt: isoInstant,
  endAt: isoInstant,
  durationMonths: z.int().positive().max(1_200).nullable(),
  productIds: z.array(id).max(500),
  prices: z
    .array(
      z.object({
        productId: id.nullable(),
        currency,
        interval: z.enum(["day", "week", "month", "year"]).nullable(),
        intervalCount: z.int().positive().max(365).nullable(),
        stripePriceId: z.string().trim().min(1).max(255).nullable(),
        amount: z.int().nonnegative().max(1_000_000_000).nullable(),
      }),
    )
    .max(100),
});
export const createCampaignInput = z.object({ name: z.string().trim().min(1).max(200) });
export const saveDraftInput = z.object({ id, revision, content: campaignContentInput });
export const discardDraftInput = z.object({ id, revision });
export const publishCampaignInput = z.object({ id, revision, reason });
export const campaignActInput = z.object({ id, reason });
export const noteCampaignInput = z.object({
  id,
  note: z.string().trim().max(2_000),
  before: z.string().max(2_000).default(""),
});
/** The price tester: what somebody would pay for a product, and why. `at` in any business time. */
export const previewInput = z.object({
  productId: id,
  variantId: id.optional(),
  currency: currency.default("SEK"),
  at: z.coerce.date().optional(),
});
