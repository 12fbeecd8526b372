import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import {
  type StockReservationStatus,
  stockReservationMachine,
} from "../../server/inventory/stock-reservation-status.ts";
import { id, instant, oneOf, statusCheck, transitions } from "../columns.ts";
import { variants } from "./catalog.ts";
import { checkouts } from "./checkout.ts";
import { orders } from "./orders.ts";

/** Where goods lie. Sold from in the order of `position`. */
export const stockLocations = pgTable("stock_locations", {
  id: id(),
  name: jsonb().$type<{ readonly sv: string; readonly en: string }>().notNull(),
  active: boolean().notNull().default(true),
  position: integer().notNull().default(0),
});

/**
 * How many of a variant lie somewhere, and how many of those are set aside. Never written by hand: triggers keep both
 * to the sums of `stock_movements` and of the reservations that stand.
 */
export const stockLevels = pgTable(
  "stock_levels",
  {
    variantId: text()
      .notNull()
      .references(() => variants.id, { onDelete: "restrict" }),
    locationId: text()
      .notNull()
      .references(() => stockLocations.id, { onDelete: "restrict" }),
    onHand: integer().notNull().default(0),
    reserved: integer().notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.variantId, table.locationId] }),
    check("stock_levels_never_oversold", sql`reserved >= 0 and on_hand >= reserved`),
  ],
);

/** Goods set aside while somebody is on the payment page; as long as the page itself can be paid on. */
export const stockReservations = pgTable(
  "stock_reservations",
  {
    id: id(),
    checkoutId: text()
      .notNull()
      .references(() => checkouts.id, { onDelete: "restrict" }),
    variantId: text()
      .notNull()
      .references(() => variants.id, { onDelete: "restrict" }),
    locationId: text()
      .notNull()
      .references(() => stockLocations.id, { onDelete: "restrict" }),
    quantity: integer().notNull(),
    status: text().$type<StockReservationStatus>().notNull(),
    /** The payment page's own end. Business time. */
    expiresAt: instant().notNull(),
    createdAt: instant().notNull(),
  },
  (table) => [
    statusCheck("stock_reservations_status", table.status, stockReservationMachine),
    check("stock_reservations_quantity", sql`quantity > 0`),
    uniqueIndex("stock_reservations_once").on(table.checkoutId, table.variantId, table.locationId),
    index("stock_reservations_standing").on(table.expiresAt).where(sql`status = 'reserved'`),
    index("stock_reservations_variant").on(table.variantId).where(sql`status = 'reserved'`),
  ],
);
export const stockReservationTransitions = transitions(stockReservationMachine);

/** Why goods came or went. Staff choose among those of {@link STAFF_STOCK_REASONS}. */
export const STOCK_REASONS = ["received", "counted", "damaged", "returned", "correction", "sold", "restocked"] as const;
export const STAFF_STOCK_REASONS = ["received", "counted", "damaged", "returned", "correction"] as const;

/** Every change of what lies anywhere: how many, why, who, for what. Append-only; a level is the sum of these. */
export const stockMovements = pgTable(
  "stock_movements",
  {
    id: id(),
    variantId: text()
      .notNull()
      .references(() => variants.id, { onDelete: "restrict" }),
    locationId: text()
      .notNull()
      .references(() => stockLocations.id, { onDelete: "restrict" }),
    delta: integer().notNull(),
    reason: text().$type<(typeof STOCK_REASONS)[number]>().notNull(),
    note: text(),
    actor: text().notNull(),
    /** The order that took or gave back; null for what staff did. */
    orderId: text().references(() => orders.id, { onDelete: "restrict" }),
    /** One key moves goods once, however often it is sent. */
    idempotencyKey: text().notNull().unique(),
    at: instant().notNull(),
  },
  (table) => [
    oneOf("stock_movements_reason", table.reason, STOCK_REASONS),
    check("stock_movements_delta", sql`delta <> 0`),
    index("stock_movements_variant").on(table.variantId, table.at, table.id),
    index("stock_movements_order").on(table.orderId).where(sql`order_id is not null`),
  ],
);

/** What an order took without its being there: paid after the goods had gone to others. A person decides; see alerts. */
export const stockShortages = pgTable(
  "stock_shortages",
  {
    orderId: text()
      .notNull()
      .references(() => orders.id, { onDelete: "restrict" }),
    variantId: text()
      .notNull()
      .references(() => variants.id, { onDelete: "restrict" }),
    quantity: integer().notNull(),
    createdAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.orderId, table.variantId] }),
    check("stock_shortages_quantity", sql`quantity > 0`),
  ],
);
