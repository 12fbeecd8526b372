import { sql } from "drizzle-orm";
import { boolean, check, index, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { type StatementStatus, statementMachine } from "../../server/withdrawals/statement-status.ts";
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
    /** Staff's words to the buyer: why nothing is paid back, or less; or `too_late`, or `paid_by_bank`. */
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

/**
 * What somebody without a link and an account said: that an order is taken back, named by its number and an address. Received at
 * its instant whether there is such an order or not; its withdrawal, once there is one, counts from that instant.
 */
export const withdrawalStatements = pgTable(
  "withdrawal_statements",
  {
    id: id(),
    status: text().$type<StatementStatus>().notNull(),
    orderNumber: text().notNull(),
    name: text().notNull(),
    email: text().notNull(),
    emailNormalized: text().notNull(),
    locale: text().$type<"sv" | "en">().notNull(),
    receivedAt: instant().notNull(),
    /** False where so many mails went to the address within the hour that this one is not acknowledged by itself: staff write, or find its order. */
    mayMail: boolean().notNull(),
    /** Of the token that shows the statement's receipt; the same statement sent twice has the same. */
    accessTokenHash: text().notNull().unique(),
    orderId: text().references(() => orders.id, { onDelete: "restrict" }),
    withdrawalId: text().references(() => withdrawals.id, { onDelete: "restrict" }),
    /** Staff's words to whoever made it, or `too_late`. */
    dismissal: text(),
    completedAt: instant(),
  },
  (table) => [
    statusCheck("withdrawal_statements_status", table.status, statementMachine),
    check("withdrawal_statements_order", sql`order_id is not null or status in ('received', 'unmatched', 'dismissed')`),
    check("withdrawal_statements_carried_out", sql`(status = 'carried_out') = (withdrawal_id is not null)`),
    index("withdrawal_statements_received").on(table.receivedAt, table.id),
    index("withdrawal_statements_status_received").on(table.status, table.receivedAt),
    index("withdrawal_statements_order").on(table.orderId),
    index("withdrawal_statements_withdrawal").on(table.withdrawalId),
    index("withdrawal_statements_number").on(table.orderNumber),
    index("withdrawal_statements_email").on(table.emailNormalized.op("text_pattern_ops")),
  ],
);
export const withdrawalStatementTransitions = transitions(statementMachine);
