import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, pgTable, smallint, text } from "drizzle-orm/pg-core";
import { amount, currency, instant, oneOf } from "../columns.ts";
import { products } from "./catalog.ts";
import { customers } from "./identity.ts";

/** Why a top-up stopped until its owner says otherwise. */
export const TOP_UP_STOPS = [
  "no_card",
  "declined",
  "approval",
  "not_for_sale",
  "mismatch",
  "disputed",
  "refunded",
] as const;

/** What a customer wants done when credits run low: told, topped up, or both. */
export const creditSettings = pgTable(
  "credit_settings",
  {
    customerId: text()
      .primaryKey()
      .references(() => customers.id, { onDelete: "restrict" }),
    topUp: boolean().notNull().default(false),
    /** Below so many credits the card is charged. */
    topUpBelow: bigint({ mode: "number" }),
    productId: text().references(() => products.id, { onDelete: "restrict" }),
    quantity: integer(),
    currency: currency(),
    /** The most that may be charged by itself in a day and in a month of the shop, tax included. */
    dailyCap: amount(),
    monthlyCap: amount(),
    /** Set when a charge failed: nothing is tried again before its owner has looked. */
    stoppedAt: instant(),
    stoppedReason: text().$type<(typeof TOP_UP_STOPS)[number]>(),
    /** Set when a cap stood in the way: when there is room under it again. */
    nextTryAt: instant(),
    /** Below so many credits, and below so much of the last purchase in percent, a mail is sent. */
    lowBelow: bigint({ mode: "number" }),
    lowPercent: smallint(),
    updatedAt: instant().notNull(),
  },
  (table) => [
    oneOf("credit_settings_stopped", table.stoppedReason, TOP_UP_STOPS),
    check(
      "credit_settings_whole",
      sql`not top_up or (top_up_below > 0 and product_id is not null and quantity between 1 and 99 and currency is not null and daily_cap > 0 and monthly_cap >= daily_cap)`,
    ),
    index("credit_settings_next_try").on(table.nextTryAt).where(sql`next_try_at is not null`),
    check("credit_settings_percent", sql`low_percent is null or low_percent between 1 and 100`),
  ],
);
