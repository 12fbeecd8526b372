import { type SQL, sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { amount, bytes, currency, id, instant, oneOf } from "../columns.ts";

export const PRODUCT_KINDS = ["membership", "merchandise", "credit_pack", "plan"] as const;
export const INTERVALS = ["day", "week", "month", "year"] as const;
type Texts = { readonly sv: string; readonly en: string };

/** Lower case without accents, so that `traningsvaska` finds `Träningsväska`. */
const FOLD_FROM = "åäáàâãæéèêëíìîïóòôöõøúùûüýñç";
const FOLD_TO = "aaaaaaaeeeeiiiioooooouuuuync";
export const folded = (text: SQL) => sql`translate(lower(${text}), '${sql.raw(FOLD_FROM)}', '${sql.raw(FOLD_TO)}')`;

const named = folded(sql`(name ->> 'sv') || ' ' || (name ->> 'en') || ' ' || category || ' ' || id`);
const told = (locale: "sv" | "en") =>
  folded(sql`(summary ->> '${sql.raw(locale)}') || ' ' || (description ->> '${sql.raw(locale)}')`);

/** What a product is found by: whole words and their beginnings, inflected in Swedish and English; the name weighs most. */
export const PRODUCT_WORDS = sql`(setweight(to_tsvector('simple', ${named}), 'A')
  || setweight(to_tsvector('swedish', ${named}), 'A') || setweight(to_tsvector('english', ${named}), 'A')
  || setweight(to_tsvector('simple', ${told("sv")} || ' ' || ${told("en")}), 'C')
  || setweight(to_tsvector('swedish', ${told("sv")}), 'C') || setweight(to_tsvector('english', ${told("en")}), 'C'))`;

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
    /** The options that tell its variants apart, in the order they are chosen in: `["color", "size"]`. */
    optionNames: jsonb().$type<readonly string[]>().notNull().default([]),
    /** VAT inside the price, in basis points (600 = 6 %). */
    taxRateBps: integer().notNull(),
    recommended: boolean().notNull().default(false),
    /** How many credits one of a credit pack is; null for everything else. */
    creditsPerUnit: integer(),
    /** How many days they can be used, from the day they are granted; null: for ever. */
    creditsValidDays: integer(),
    /** How many days a membership holds although a payment is missing. A plan's version says it of its own. */
    graceDays: integer().notNull().default(14),
    /** How many of a membership one subscription may have. Of a plan its price says how many seats. */
    mostUnits: integer().notNull().default(1),
    active: boolean().notNull().default(true),
    position: integer().notNull().default(0),
    stripeProductId: text().unique(),
    createdAt: instant().notNull(),
  },
  (table) => [
    oneOf("products_kind", table.kind, PRODUCT_KINDS),
    check("products_tax_rate", sql`tax_rate_bps between 0 and 10000`),
    check("products_grace", sql`grace_days between 0 and 90`),
    check("products_most_units", sql`most_units = 1 or (kind = 'membership' and most_units between 2 and 99)`),
    check("products_credits", sql`credits_per_unit is null or (kind = 'credit_pack' and credits_per_unit > 0)`),
    check("products_credits_valid", sql`credits_valid_days is null or credits_valid_days > 0`),
    index("products_words").using("gin", PRODUCT_WORDS),
  ],
);

export const IMAGE_TYPES = ["image/png", "image/jpeg", "image/webp"] as const;

/** A picture that staff uploaded, under an id made of its content: it never changes, and the same one is kept once. */
export const mediaFiles = pgTable(
  "media_files",
  {
    id: id(),
    type: text().$type<(typeof IMAGE_TYPES)[number]>().notNull(),
    width: integer().notNull(),
    height: integer().notNull(),
    bytes: bytes().notNull(),
    createdAt: instant().notNull(),
  },
  (table) => [
    oneOf("media_files_type", table.type, IMAGE_TYPES),
    check("media_files_size", sql`octet_length(bytes) between 1 and 3000000`),
  ],
);

/** The pictures of a product's page, in order: uploaded ones, or drawings by their name in `app/ui/art`. */
export const productMedia = pgTable(
  "product_media",
  {
    productId: text()
      .notNull()
      .references(() => products.id, { onDelete: "restrict" }),
    position: integer().notNull(),
    /** The drawing, which also stands in where an uploaded picture cannot be shown. */
    art: text().notNull(),
    /** Null: the drawing itself. */
    fileId: text().references(() => mediaFiles.id, { onDelete: "restrict" }),
    /** What the picture shows, for those who do not see it. */
    alt: jsonb().$type<Texts>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.productId, table.position] })],
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
    /** False: there is always one (a membership, what is made to order). True: no more are sold than lie somewhere. */
    trackStock: boolean().notNull().default(false),
    active: boolean().notNull().default(true),
    position: integer().notNull().default(0),
  },
  (table) => [index("variants_product").on(table.productId, table.position)],
);

/** A trial that begins without a card ends, pauses or bills what was bought when none has come by its end. */
export const TRIAL_ENDS = ["cancel", "pause", "create_invoice"] as const;
export type TrialWithoutCard = (typeof TRIAL_ENDS)[number];

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
    /** Days before the first charge of what renews; 0: charged at once. */
    trialDays: smallint().notNull().default(0),
    /** What the end of a trial brings when no card has come by then; null: a card is asked for at the start. */
    trialWithoutCard: text().$type<TrialWithoutCard>(),
    /** Charged once, with the first payment page, tax included; 0: none. */
    setupFeeAmount: amount().notNull().default(0),
    /** Of a plan: how many seats the amount is for, and what each beyond them costs per period, tax included; null: none are sold. */
    includedSeats: integer(),
    seatAmount: amount(),
    active: boolean().notNull().default(true),
    stripePriceId: text().unique(),
    /** What the provider's price is found by; null: by what it is the price of. */
    lookupKey: text(),
    /** The provider's price of the setup fee. A price that takes another's place keeps it while the fee is the same. */
    setupFeeStripePriceId: text(),
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
    check("prices_terms", sql`"interval" is not null or (trial_days = 0 and setup_fee_amount = 0)`),
    check("prices_trial_days", sql`trial_days = 0 or trial_days between 2 and 365`),
    oneOf("prices_trial_end", table.trialWithoutCard, TRIAL_ENDS),
    check("prices_trial_card", sql`trial_without_card is null or (trial_days > 0 and setup_fee_amount = 0)`),
    check("prices_setup_fee", sql`setup_fee_amount >= 0`),
    check("prices_seats", sql`(included_seats is null) = (seat_amount is null)`),
    check(
      "prices_seats_renew",
      sql`seat_amount is null or ("interval" is not null and included_seats > 0 and seat_amount > 0)`,
    ),
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
