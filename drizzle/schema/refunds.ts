import { sql } from "drizzle-orm";
import { check, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { type RefundStatus, refundMachine } from "../../server/payments/refund-status.ts";
import { amount, currency, id, instant, statusCheck, transitions } from "../columns.ts";
import { orders } from "./orders.ts";
import { payments } from "./payments.ts";
import { withdrawals } from "./withdrawals.ts";

/** A part of an order that is paid back. Minor units. */
export type RefundLine = {
  readonly orderLineId: string;
  readonly quantity: number;
  readonly amount: number;
  /** What staff took off it when they asked for this refund, since it came back worth less. */
  readonly takenOff?: number;
};

/**
 * Money paid back, one row per refund: the intent, committed before the provider is called (its id is the call's
 * idempotency key), and afterwards its mirror. One that was made at the provider itself gets a row when it is seen.
 */
export const refunds = pgTable(
  "refunds",
  {
    id: id(),
    paymentId: text()
      .notNull()
      .references(() => payments.id, { onDelete: "restrict" }),
    orderId: text().references(() => orders.id, { onDelete: "restrict" }),
    withdrawalId: text().references(() => withdrawals.id, { onDelete: "restrict" }),
    status: text().$type<RefundStatus>().notNull(),
    currency: currency().notNull(),
    amount: amount().notNull(),
    lines: jsonb().$type<readonly RefundLine[]>().notNull(),
    reason: text().notNull(),
    /** `staff:…`, `system:…`, or the provider's name where it was made there. */
    requestedBy: text().notNull(),
    idempotencyKey: text().notNull().unique(),
    externalId: text().unique(),
    failureCode: text(),
    /** When the sweep looks after it, should nobody have told us by then; null once it has ended. */
    nextCheckAt: instant(),
    createdAt: instant().notNull(),
    completedAt: instant(),
  },
  (table) => [
    statusCheck("refunds_status", table.status, refundMachine),
    index("refunds_created").on(table.createdAt, table.id),
    index("refunds_completed").on(table.completedAt).where(sql`completed_at is not null`),
    index("refunds_payment").on(table.paymentId),
    index("refunds_order").on(table.orderId),
    index("refunds_withdrawal").on(table.withdrawalId),
    index("refunds_due").on(table.nextCheckAt).where(sql`next_check_at is not null`),
    check("refunds_amount", sql`amount > 0`),
  ],
);
export const refundTransitions = transitions(refundMachine);
