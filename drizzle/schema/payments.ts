import { sql } from "drizzle-orm";
import { check, index, pgTable, smallint, text, uniqueIndex } from "drizzle-orm/pg-core";
import { type PaymentStatus, paymentMachine } from "../../server/payments/payment-status.ts";
import { amount, currency, id, instant, statusCheck, transitions } from "../columns.ts";
import { customers } from "./identity.ts";
import { orders } from "./orders.ts";

/** Money that a provider was asked to move for us, one row per payment intent there. */
export const payments = pgTable(
  "payments",
  {
    id: id(),
    customerId: text()
      .notNull()
      .references(() => customers.id, { onDelete: "restrict" }),
    orderId: text().references(() => orders.id, { onDelete: "restrict" }),
    invoiceId: text(),
    provider: text().notNull(),
    externalId: text().notNull(),
    status: text().$type<PaymentStatus>().notNull(),
    currency: currency().notNull(),
    amount: amount().notNull(),
    refundedAmount: amount().notNull().default(0),
    /** How often less was seen to be paid back than before: a refund failed after it was made. What is paid back anew is another movement. */
    refundsReturned: smallint().notNull().default(0),
    /** What the ledger holds of it: booked when it was paid, less what was paid back. */
    bookedAmount: amount().notNull().default(0),
    /** The latest attempt's card, as the provider names it. */
    cardBrand: text(),
    cardLast4: text(),
    paidAt: instant(),
    createdAt: instant().notNull(),
  },
  (table) => [
    statusCheck("payments_status", table.status, paymentMachine),
    uniqueIndex("payments_external").on(table.provider, table.externalId),
    index("payments_order").on(table.orderId),
    index("payments_invoice").on(table.invoiceId),
    index("payments_unknown").on(table.createdAt).where(sql`status = 'unknown'`),
    index("payments_card").on(table.cardLast4, table.createdAt),
    index("payments_customer").on(table.customerId),
    index("payments_paid").on(table.paidAt).where(sql`paid_at is not null`),
    index("payments_unbooked").on(table.id).where(sql`booked_amount <> amount - refunded_amount`),
    check("payments_refunded", sql`refunded_amount between 0 and amount`),
  ],
);
export const paymentTransitions = transitions(paymentMachine);

/** One try at a card, one row per charge at the provider. */
export const paymentAttempts = pgTable(
  "payment_attempts",
  {
    id: id(),
    paymentId: text()
      .notNull()
      .references(() => payments.id, { onDelete: "restrict" }),
    externalId: text().notNull().unique(),
    outcome: text().$type<"approved" | "declined" | "pending">().notNull(),
    declineCode: text(),
    /** The provider's own words, shown to staff only. */
    message: text(),
    cardBrand: text(),
    cardLast4: text(),
    cardExpiryMonth: smallint(),
    cardExpiryYear: smallint(),
    at: instant().notNull(),
  },
  (table) => [
    index("payment_attempts_payment").on(table.paymentId, table.at),
    index("payment_attempts_declined").on(table.at).where(sql`outcome = 'declined'`),
  ],
);
