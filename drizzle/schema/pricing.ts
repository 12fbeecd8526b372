import { sql } from "drizzle-orm";
import {
  bigint,
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
import { type CampaignStatus, campaignMachine } from "../../server/pricing/campaign-status.ts";
import { amount, currency, id, instant, oneOf, statusCheck, transitions } from "../columns.ts";
import { products, variants } from "./catalog.ts";

/** A campaign under its owner's id. A deleted one stays as a tombstone: late news about it is stale. */
export const campaigns = pgTable(
  "campaigns",
  {
    id: id(),
    name: text().notNull(),
    status: text().$type<CampaignStatus>().notNull(),
    source: text().$type<"partner" | "staff">().notNull(),
    startAt: instant(),
    endAt: instant(),
    /** The campaign price holds this many months of a subscription; null: as long as the subscription does. */
    durationMonths: integer(),
    /** The last version that was applied, where its owner counts them. */
    version: bigint({ mode: "number" }),
    /** When the owner says the last applied change happened. */
    occurredAt: instant(),
    /** Hash of the last applied announcement: an identical one without an event id is a duplicate. */
    lastBodyHash: text(),
    /** The next start or end whose effect on the price history is not written yet; null: none. Business time. */
    boundaryAt: instant(),
    /** When staff stopped a campaign that a partner owns: whatever the partner says, it does not hold until they let it. */
    stoppedAt: instant(),
    /** What staff want each other to know; never announced, never overwritten by its owner. */
    note: text(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (table) => [
    statusCheck("campaigns_status", table.status, campaignMachine),
    oneOf("campaigns_source", table.source, ["partner", "staff"]),
    check("campaigns_duration", sql`duration_months is null or duration_months > 0`),
    index("campaigns_active").on(table.status, table.endAt),
    index("campaigns_boundary").on(table.boundaryAt).where(sql`boundary_at is not null`),
  ],
);
export const campaignTransitions = transitions(campaignMachine);

export const campaignProducts = pgTable(
  "campaign_products",
  {
    campaignId: text()
      .notNull()
      .references(() => campaigns.id, { onDelete: "cascade" }),
    /** The partner's word for the product; it may name one that we do not have (yet). */
    productId: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.campaignId, table.productId] }),
    index("campaign_products_product").on(table.productId),
  ],
);

export const CAMPAIGN_PRICE_STATES = ["pending", "usable", "unusable"] as const;

/** A campaign's price at Stripe. Announced without an amount; a job reads it from Stripe before it can be used. */
export const campaignPrices = pgTable(
  "campaign_prices",
  {
    id: id(),
    campaignId: text()
      .notNull()
      .references(() => campaigns.id, { onDelete: "cascade" }),
    stripePriceId: text().notNull(),
    /** Null: for every product of the campaign. */
    productId: text(),
    announcedCurrency: text(),
    announcedInterval: text(),
    /** The announcement's version (without one: the highest known then). Of two alike prices the later one counts. */
    version: bigint({ mode: "number" }).notNull().default(0),
    announcedAt: instant().notNull(),
    state: text().$type<(typeof CAMPAIGN_PRICE_STATES)[number]>().notNull(),
    /** Why it cannot be used, as a code that staff are shown in words. */
    problem: text(),
    amount: amount(),
    /** As Stripe has it, upper case: it may be one that we do not sell in. */
    currency: text(),
    interval: text(),
    intervalCount: smallint(),
    /** When Stripe was last asked. Technical time. */
    checkedAt: instant(),
    createdAt: instant().notNull(),
  },
  (table) => [
    uniqueIndex("campaign_prices_once").on(table.campaignId, table.stripePriceId, sql`coalesce(product_id, '')`),
    index("campaign_prices_stripe").on(table.stripePriceId),
    index("campaign_prices_product").on(table.productId),
    oneOf("campaign_prices_state", table.state, CAMPAIGN_PRICE_STATES),
  ],
);

export const CAMPAIGN_RESULTS = ["pong", "created", "updated", "deleted", "duplicate", "stale"] as const;

/** Every announcement that was let in, with what came of it. */
export const campaignAnnouncements = pgTable(
  "campaign_announcements",
  {
    id: id(),
    eventId: text().unique(),
    campaignId: text(),
    action: text().notNull(),
    version: bigint({ mode: "number" }),
    occurredAt: instant(),
    bodyHash: text().notNull(),
    /** The announcement as text: it came from outside and is only ever shown. */
    body: text().notNull(),
    /** Lines of `name: value`, a few of the headers that it came with; null: it came before they were kept. */
    headers: text(),
    result: text().$type<(typeof CAMPAIGN_RESULTS)[number]>().notNull(),
    receivedAt: instant().notNull(),
    /** When its change was written; null: it changed nothing. */
    appliedAt: instant(),
    /** When the shop's pages could show it: at once, or once Stripe has said what the last of its prices is. */
    visibleAt: instant(),
  },
  (table) => [
    index("campaign_announcements_campaign").on(table.campaignId, table.receivedAt),
    index("campaign_announcements_received").on(table.receivedAt, table.id),
    oneOf("campaign_announcements_result", table.result, CAMPAIGN_RESULTS),
  ],
);

/** Why somebody was asked for this price: inputs, the winner, and why each alternative lost. Immutable. */
export const priceReceipts = pgTable(
  "price_receipts",
  {
    id: id(),
    productId: text()
      .notNull()
      .references(() => products.id, { onDelete: "restrict" }),
    variantId: text().references(() => variants.id, { onDelete: "restrict" }),
    customerId: text(),
    accessTokenHash: text(),
    currency: currency().notNull(),
    amount: amount().notNull(),
    interval: text(),
    intervalCount: smallint(),
    campaignId: text(),
    stripePriceId: text().notNull(),
    /** The version of the rule that decided. */
    rule: text().notNull(),
    inputs: jsonb().$type<unknown>().notNull(),
    alternatives: jsonb().$type<unknown>().notNull(),
    createdAt: instant().notNull(),
  },
  (table) => [
    index("price_receipts_customer").on(table.customerId),
    index("price_receipts_created").on(table.createdAt, table.id),
  ],
);
