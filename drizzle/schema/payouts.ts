import { sql } from "drizzle-orm";
import { index, pgTable, text } from "drizzle-orm/pg-core";
import { type PayoutStatus, payoutMachine } from "../../server/payments/payout-status.ts";
import { amount, currency, id, instant, statusCheck, transitions } from "../columns.ts";

/** What the provider sends on to the shop's bank, mirrored: one row per transfer. Nothing here was asked for by us. */
export const payouts = pgTable(
  "payouts",
  {
    id: id(),
    externalId: text().notNull().unique(),
    /** The provider's own words. */
    status: text().$type<PayoutStatus>().notNull(),
    currency: currency().notNull(),
    /** Less than nothing where the provider takes back what it paid out too much. */
    amount: amount().notNull(),
    /** The day on which it is with the bank, as the provider expects or knows it. */
    arrivalAt: instant().notNull(),
    failureCode: text(),
    failureMessage: text(),
    createdAt: instant().notNull(),
  },
  (table) => [
    statusCheck("payouts_status", table.status, payoutMachine),
    index("payouts_created").on(table.createdAt, table.id),
    index("payouts_under_way").on(table.arrivalAt).where(sql`status in ('pending', 'in_transit')`),
    index("payouts_arrived").on(table.arrivalAt).where(sql`status = 'paid'`),
  ],
);
export const payoutTransitions = transitions(payoutMachine);
