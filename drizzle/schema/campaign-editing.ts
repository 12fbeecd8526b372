import { sql } from "drizzle-orm";
import { boolean, integer, jsonb, pgTable, primaryKey, smallint, text, uniqueIndex } from "drizzle-orm/pg-core";
import { amount, currency, id, instant, oneOf } from "../columns.ts";
import { products } from "./catalog.ts";
import { campaigns } from "./pricing.ts";

/** A campaign as staff describe it. Instants are ISO text. Of a price either `stripePriceId` or `amount` (minor units) is set. */
export type StoredContent = {
  readonly name: string;
  readonly startAt: string | null;
  readonly endAt: string | null;
  readonly durationMonths: number | null;
  readonly productIds: readonly string[];
  readonly prices: readonly {
    /** Null: for every product of the campaign. */
    readonly productId: string | null;
    readonly currency: "SEK" | "EUR" | "USD";
    readonly interval: "day" | "week" | "month" | "year" | null;
    readonly intervalCount: number | null;
    readonly stripePriceId: string | null;
    readonly amount: number | null;
  }[];
};

/** What staff are changing and have not published. Nobody but staff sees it. */
export const campaignDrafts = pgTable("campaign_drafts", {
  campaignId: text()
    .primaryKey()
    .references(() => campaigns.id, { onDelete: "cascade" }),
  /** Counts every save: who saves says which one they began from. */
  revision: integer().notNull(),
  content: jsonb().$type<StoredContent>().notNull(),
  savedBy: text().notNull(),
  savedAt: instant().notNull(),
});

export const CAMPAIGN_VERSION_KINDS = ["published", "ended"] as const;

/** Every campaign of ours as it was published, and when it was ended. Append-only. */
export const campaignVersions = pgTable(
  "campaign_versions",
  {
    campaignId: text()
      .notNull()
      .references(() => campaigns.id, { onDelete: "restrict" }),
    version: integer().notNull(),
    kind: text().$type<(typeof CAMPAIGN_VERSION_KINDS)[number]>().notNull(),
    content: jsonb().$type<StoredContent>().notNull(),
    /** The draft's revision that was published: the same press twice publishes once. */
    revision: integer(),
    reason: text().notNull(),
    actor: text().notNull(),
    at: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.campaignId, table.version] }),
    uniqueIndex("campaign_versions_revision").on(table.campaignId, table.revision),
    oneOf("campaign_versions_kind", table.kind, CAMPAIGN_VERSION_KINDS),
  ],
);

/** A price that Stripe is to hold for a campaign: the intent, whose id is Stripe's idempotency key. Made once and kept. */
export const campaignPriceOrders = pgTable(
  "campaign_price_orders",
  {
    id: id(),
    campaignId: text()
      .notNull()
      .references(() => campaigns.id, { onDelete: "restrict" }),
    productId: text()
      .notNull()
      .references(() => products.id, { onDelete: "restrict" }),
    currency: currency().notNull(),
    interval: text().$type<"day" | "week" | "month" | "year">(),
    intervalCount: smallint(),
    amount: amount().notNull(),
    /** Null until Stripe has made it. */
    stripePriceId: text().unique(),
    createdAt: instant().notNull(),
  },
  (table) => [
    uniqueIndex("campaign_price_orders_once").on(
      table.campaignId,
      table.productId,
      table.currency,
      table.amount,
      sql`coalesce("interval", '')`,
      sql`coalesce(interval_count, 0)`,
    ),
  ],
);

/** What Stripe said of a price that a draft names, so that it can be judged before anything is published. */
export const stripePriceLooks = pgTable("stripe_price_looks", {
  stripePriceId: id(),
  found: boolean().notNull(),
  /** Neither the price nor its product is archived. */
  active: boolean().notNull(),
  currency: text(),
  amount: amount(),
  interval: text().$type<"day" | "week" | "month" | "year">(),
  intervalCount: smallint(),
  /** Technical time. */
  checkedAt: instant().notNull(),
});
