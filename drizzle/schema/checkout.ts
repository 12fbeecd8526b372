import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { type CheckoutStatus, checkoutMachine } from "../../server/checkout/checkout-status.ts";
import { amount, currency, id, instant, oneOf, statusCheck, transitions } from "../columns.ts";
import { products, variants } from "./catalog.ts";
import { customers } from "./identity.ts";

/** A cart, kept for guests by a token in a cookie (only its hash here). It becomes an order atomically when paid. */
export const carts = pgTable(
  "carts",
  {
    id: id(),
    accessTokenHash: text().notNull().unique(),
    customerId: text().references(() => customers.id, { onDelete: "restrict" }),
    currency: currency().notNull(),
    status: text().$type<"open" | "ordered" | "abandoned">().notNull(),
    /** Counts every change: the same version never opens two payment pages. */
    version: integer().notNull().default(1),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (table) => [
    oneOf("carts_status", table.status, ["open", "ordered", "abandoned"]),
    index("carts_customer").on(table.customerId),
  ],
);

export const cartLines = pgTable(
  "cart_lines",
  {
    cartId: text()
      .notNull()
      .references(() => carts.id, { onDelete: "cascade" }),
    variantId: text()
      .notNull()
      .references(() => variants.id, { onDelete: "restrict" }),
    productId: text()
      .notNull()
      .references(() => products.id, { onDelete: "restrict" }),
    quantity: integer().notNull(),
    /** The unit price that was shown when the line was added: a changed one is told before paying. */
    shownAmount: amount().notNull(),
    position: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.cartId, table.variantId] }),
    check("cart_lines_quantity", sql`quantity between 1 and 99`),
  ],
);

/** A line as it will be charged: frozen when the payment page is opened. */
export type FrozenLine = {
  readonly productId: string;
  readonly variantId: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitAmount: number;
  readonly taxRateBps: number;
  readonly priceReceiptId: string;
  readonly stripePriceId: string;
};

/** The intent row of one attempt to pay; committed before Stripe is called, its id is the call's idempotency key. */
export const checkouts = pgTable(
  "checkouts",
  {
    id: id(),
    accessTokenHash: text().notNull(),
    cartId: text()
      .notNull()
      .references(() => carts.id, { onDelete: "restrict" }),
    cartVersion: integer().notNull(),
    attempt: integer().notNull(),
    customerId: text().references(() => customers.id, { onDelete: "restrict" }),
    mode: text().$type<"payment" | "subscription">().notNull(),
    status: text().$type<CheckoutStatus>().notNull(),
    currency: currency().notNull(),
    totalAmount: amount().notNull(),
    lines: jsonb().$type<readonly FrozenLine[]>().notNull(),
    locale: text().$type<"sv" | "en">().notNull(),
    requiresShipping: boolean().notNull(),
    /** The receipt of the consent to start the service before the withdrawal period ends; null where none was given. */
    startConsentAt: instant(),
    idempotencyKey: text().notNull().unique(),
    stripeSessionId: text().unique(),
    url: text(),
    /** Sent to Stripe unchanged on every retry of the call. Business time. */
    expiresAt: instant().notNull(),
    /** When the sweep looks at it next. */
    nextCheckAt: instant(),
    failureCode: text(),
    createdAt: instant().notNull(),
  },
  (table) => [
    statusCheck("checkouts_status", table.status, checkoutMachine),
    uniqueIndex("checkouts_attempt").on(table.cartId, table.cartVersion, table.attempt),
    index("checkouts_due").on(table.nextCheckAt).where(sql`status in ('created', 'open', 'unknown')`),
    index("checkouts_token").on(table.accessTokenHash),
    index("checkouts_customer").on(table.customerId),
  ],
);
export const checkoutTransitions = transitions(checkoutMachine);

/** Answers kept for callers that repeat a request with the same key. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    /** Who asks: a key is never shared between callers. */
    scope: text().notNull(),
    key: text().notNull(),
    requestHash: text().notNull(),
    response: jsonb().$type<unknown>(),
    createdAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.scope, table.key] })],
);
