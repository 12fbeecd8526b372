import { sql } from "drizzle-orm";
import { check, index, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { type WithdrawalStatus, withdrawalMachine } from "../../server/withdrawals/withdrawal-status.ts";
import { amount, currency, id, instant, oneOf, statusCheck, transitions } from "../columns.ts";
import { customers } from "./identity.ts";
import { orderLines, orders } from "./orders.ts";

/** Why a person has to look at a withdrawal before money moves. */
export const REVIEW_REASONS = ["goods_to_return", "not_paid", "disputed", "refund_failed"] as const;

/** A buyer's statement that a purchase is taken back (Distansavtalslagen 2 kap.). Times are business time. */
export const withdrawals = pgTable(
  "withdrawals",
  {
    id: id(),
    orderId: text()
      .notNull()
      .references(() => orders.id, { onDelete: "restrict" }),
    customerId: text()
      .notNull()
      .references(() => customers.id, { onDelete: "restrict" }),
    status: text().$type<WithdrawalStatus>().notNull(),
    /** The instant the statement was received: what the period is measured against. */
    receivedAt: instant().notNull(),
    /** The last day on which the money must be on its way. */
    refundDueAt: instant().notNull(),
    currency: currency().notNull(),
    /** What is paid back for all lines; null until it was decided. */
    refundAmount: amount(),
    /**
     * Of a membership that had become a cheaper one: what is kept for its payer's next bills at the provider, which is paid back with the
     * rest and therefore taken back there; and how much of it was there to be taken, once that is known.
     */
    creditAmount: amount(),
    creditTakenAmount: amount(),
    reviewReason: text().$type<(typeof REVIEW_REASONS)[number]>(),
    /** Staff's words to the buyer, or `too_late`. */
    refusal: text(),
    idempotencyKey: text().notNull().unique(),
    completedAt: instant(),
  },
  (table) => [
    statusCheck("withdrawals_status", table.status, withdrawalMachine),
    oneOf("withdrawals_review", table.reviewReason, REVIEW_REASONS),
    index("withdrawals_received").on(table.receivedAt, table.id),
    index("withdrawals_order").on(table.orderId),
    index("withdrawals_customer").on(table.customerId),
    index("withdrawals_status_received").on(table.status, table.receivedAt),
    check("withdrawals_refund", sql`refund_amount >= 0`),
  ],
);
export const withdrawalTransitions = transitions(withdrawalMachine);

/** What is taken back: whole lines, each at most once. */
export const withdrawalLines = pgTable(
  "withdrawal_lines",
  {
    withdrawalId: text()
      .notNull()
      .references(() => withdrawals.id, { onDelete: "restrict" }),
    orderLineId: text()
      .notNull()
      .references(() => orderLines.id, { onDelete: "restrict" }),
    /** What is paid back for it; null until it was decided. */
    refundAmount: amount(),
  },
  (table) => [
    primaryKey({ columns: [table.withdrawalId, table.orderLineId] }),
    uniqueIndex("withdrawal_lines_once").on(table.orderLineId),
  ],
);
