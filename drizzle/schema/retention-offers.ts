import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, smallint, text } from "drizzle-orm/pg-core";
import type { CancelReason } from "../../server/subscriptions/change-status.ts";
import { amount, id, instant, oneOf } from "../columns.ts";
import { type INTERVALS, products, variants } from "./catalog.ts";
import { customers } from "./identity.ts";
import { subscriptions } from "./subscriptions.ts";

/** What somebody who is leaving can be offered: money off, a pause, a cheaper membership, free time. */
const OFFER_KINDS = ["discount", "pause", "plan", "free"] as const;
type OfferKind = (typeof OFFER_KINDS)[number];
const OFFER_ANSWERS = ["accepted", "declined"] as const;

/** What staff offer to whom, and for which reasons. Business time. */
export const retentionOffers = pgTable(
  "retention_offers",
  {
    id: id(),
    /** What staff know it by; members see the terms. */
    name: text().notNull(),
    kind: text().$type<OfferKind>().notNull(),
    /** For which memberships and plans, and for which reasons; empty: for all. */
    productIds: text().array().notNull().default(sql`'{}'::text[]`),
    reasons: text().array().$type<CancelReason[]>().notNull().default(sql`'{}'::text[]`),
    /** Of money off: the share. */
    discountBps: integer(),
    /** How many months the money off or the pause lasts (a pause without: until its member says so), how many periods are free. */
    months: smallint(),
    /** The cheaper membership. */
    productId: text().references(() => products.id, { onDelete: "restrict" }),
    variantId: text().references(() => variants.id, { onDelete: "restrict" }),
    activeFrom: instant(),
    activeUntil: instant(),
    /** Who has accepted an offer, for whichever membership, is offered this one again only after so many months. */
    againAfterMonths: smallint().notNull().default(12),
    /** Of several that fit the lowest is shown. */
    position: smallint().notNull().default(100),
    on: boolean().notNull().default(true),
    revision: integer().notNull().default(0),
    createdBy: text().notNull(),
    createdAt: instant().notNull(),
  },
  (table) => [
    oneOf("retention_offers_kind", table.kind, OFFER_KINDS),
    check("retention_offers_discount", sql`(kind = 'discount') = (discount_bps is not null)`),
    check("retention_offers_share", sql`discount_bps between 1 and 10000`),
    check(
      "retention_offers_months",
      sql`months between 1 and 36 and (kind not in ('discount', 'free') or months is not null)`,
    ),
    check(
      "retention_offers_plan",
      sql`(kind = 'plan') = (variant_id is not null) and (variant_id is null) = (product_id is null)`,
    ),
    index("retention_offers_created").on(table.createdAt, table.id),
  ],
);

/** An offer that was shown to somebody who was leaving: what it said then, and what they answered. Business time. */
export const retentionShowings = pgTable(
  "retention_showings",
  {
    id: id(),
    offerId: text()
      .notNull()
      .references(() => retentionOffers.id, { onDelete: "restrict" }),
    subscriptionId: text()
      .notNull()
      .references(() => subscriptions.id, { onDelete: "restrict" }),
    customerId: text()
      .notNull()
      .references(() => customers.id, { onDelete: "restrict" }),
    /** Why they leave, as they said before it was shown. */
    reason: text().$type<CancelReason>(),
    comment: text(),
    kind: text().$type<OfferKind>().notNull(),
    discountBps: integer(),
    months: smallint(),
    productId: text().references(() => products.id, { onDelete: "restrict" }),
    variantId: text().references(() => variants.id, { onDelete: "restrict" }),
    /** Of the cheaper membership: what it costs, in minor units, at which price of the provider's. */
    amount: amount(),
    stripePriceId: text(),
    /** How often that is paid. */
    interval: text().$type<(typeof INTERVALS)[number]>(),
    intervalCount: smallint(),
    /** Of free time: until when nothing is charged. */
    freeUntilAt: instant(),
    /** When the period that runs ended: with another end the sums are others. */
    renewsAt: instant(),
    answer: text().$type<(typeof OFFER_ANSWERS)[number]>(),
    answeredAt: instant(),
    idempotencyKey: text().notNull().unique(),
    shownAt: instant().notNull(),
  },
  (table) => [
    oneOf("retention_showings_answer", table.answer, OFFER_ANSWERS),
    check("retention_showings_answered", sql`(answer is null) = (answered_at is null)`),
    index("retention_showings_offer").on(table.offerId, table.shownAt, table.id),
    index("retention_showings_customer").on(table.customerId),
    index("retention_showings_subscription").on(table.subscriptionId, table.answeredAt),
  ],
);
