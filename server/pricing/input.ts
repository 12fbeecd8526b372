import { z } from "zod";

const currency = z.enum(["SEK", "EUR", "USD"]);
const id = z.string().trim().min(1).max(200);
const page = { cursor: z.string().max(400).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) };

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
  .object({ ...page, status: z.enum(CAMPAIGN_STATUSES).optional(), q: z.string().trim().max(200).optional() })
  .prefault({});
export const campaignInput = z.object({ id });
/** The price tester: what somebody would pay for a product, and why. `at` in any business time. */
export const previewInput = z.object({
  productId: id,
  currency: currency.default("SEK"),
  at: z.coerce.date().optional(),
});
