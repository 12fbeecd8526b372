import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, smallint, text, uniqueIndex } from "drizzle-orm/pg-core";
import { amount, currency, id, instant, oneOf } from "../columns.ts";

export const PRODUCT_KINDS = ["membership", "merchandise", "credit_pack"] as const;
export const INTERVALS = ["day", "week", "month", "year"] as const;
type Texts = { readonly sv: string; readonly en: string };

/** What is sold. The id is the catalogue's own word for it (`test-kund`), as partners name it. */
export const products = pgTable(
  "products",
  {
    id: id(),
    kind: text().$type<(typeof PRODUCT_KINDS)[number]>().notNull(),
    name: jsonb().$type<Texts>().notNull(),
    summary: jsonb().$type<Texts>().notNull(),
    description: jsonb().$type<Texts>().notNull(),
    /** What a membership includes, line by line. */
    includes: jsonb().$type<readonly Texts[]>().notNull(),
    /** Which drawn picture shows it (`app/ui/art`). */
    art: text().notNull(),
    category: text().notNull(),
    /** VAT inside the price, in basis points (600 = 6 %). */
    taxRateBps: integer().notNull(),
    recommended: boolean().notNull().default(false),
    active: boolean().notNull().default(true),
    position: integer().notNull().default(0),
    stripeProductId: text().unique(),
    createdAt: instant().notNull(),
  },
  (table) => [
    oneOf("products_kind", table.kind, PRODUCT_KINDS),
    check("products_tax_rate", sql`tax_rate_bps between 0 and 10000`),
  ],
);

/** One orderable form of a product (size, colour). Every product has at least one. */
export const variants = pgTable(
  "variants",
  {
    id: id(),
    productId: text()
      .notNull()
      .references(() => products.id, { onDelete: "restrict" }),
    sku: text().notNull().unique(),
    options: jsonb().$type<Readonly<Record<string, Texts>>>().notNull(),
    active: boolean().notNull().default(true),
    position: integer().notNull().default(0),
  },
  (table) => [index("variants_product").on(table.productId, table.position)],
);

/** A default price, tax included. `interval` null: paid once. One active price per variant, currency and interval. */
export const prices = pgTable(
  "prices",
  {
    id: id(),
    productId: text()
      .notNull()
      .references(() => products.id, { onDelete: "restrict" }),
    variantId: text().references(() => variants.id, { onDelete: "restrict" }),
    currency: currency().notNull(),
    amount: amount().notNull(),
    interval: text().$type<(typeof INTERVALS)[number]>(),
    intervalCount: smallint(),
    active: boolean().notNull().default(true),
    stripePriceId: text().unique(),
    createdAt: instant().notNull(),
  },
  (table) => [
    uniqueIndex("prices_one_active")
      .on(
        table.productId,
        sql`coalesce(variant_id, '')`,
        table.currency,
        sql`coalesce("interval", '')`,
        sql`coalesce(interval_count, 0)`,
      )
      .where(sql`active`),
    check("prices_amount", sql`amount >= 0`),
    check("prices_interval", sql`("interval" is null) = (interval_count is null)`),
    oneOf("prices_interval_word", table.interval, INTERVALS),
    oneOf("prices_currency", table.currency, ["SEK", "EUR", "USD"]),
  ],
);

/**
 * What a visitor could buy at, from when until when: default prices and campaign prices alike, from the first day.
 * The lowest price of the 30 days before a reduction is computed from this and from nothing else.
 */
export const pricePeriods = pgTable(
  "price_periods",
  {
    id: id(),
    productId: text()
      .notNull()
      .references(() => products.id, { onDelete: "restrict" }),
    variantId: text().references(() => variants.id, { onDelete: "restrict" }),
    currency: currency().notNull(),
    interval: text(),
    intervalCount: smallint(),
    amount: amount().notNull(),
    campaignId: text(),
    fromAt: instant().notNull(),
    /** Null while it lasts. */
    untilAt: instant(),
  },
  (table) => [
    index("price_periods_product").on(table.productId, table.currency, table.fromAt),
    check("price_periods_order", sql`until_at is null or until_at >= from_at`),
  ],
);
