import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgSequence, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { type OrderStatus, orderMachine } from "../../server/orders/order-status.ts";
import { amount, currency, id, instant, oneOf, statusCheck, transitions } from "../columns.ts";
import { products, variants } from "./catalog.ts";
import { checkouts } from "./checkout.ts";
import { customers } from "./identity.ts";
import { organizations } from "./organizations.ts";
import { priceReceipts } from "./pricing.ts";

export type ShippingAddress = {
  readonly name: string;
  readonly line1: string;
  readonly line2: string | null;
  readonly postalCode: string;
  readonly city: string;
  readonly country: string;
};

/** Order numbers as people read them: `KV-10001`. */
export const orderNumbers = pgSequence("order_numbers", { startWith: 10_001 });

export const orders = pgTable(
  "orders",
  {
    id: id(),
    number: text().notNull().unique().default(sql`'KV-' || nextval('order_numbers')`),
    checkoutId: text()
      .notNull()
      .unique()
      .references(() => checkouts.id, { onDelete: "restrict" }),
    customerId: text()
      .notNull()
      .references(() => customers.id, { onDelete: "restrict" }),
    /** The organization that it was bought for; null: for whoever bought it. */
    organizationId: text().references(() => organizations.id, { onDelete: "restrict" }),
    accessTokenHash: text().notNull(),
    email: text().notNull(),
    locale: text().$type<"sv" | "en">().notNull(),
    status: text().$type<OrderStatus>().notNull(),
    currency: currency().notNull(),
    totalAmount: amount().notNull(),
    taxAmount: amount().notNull(),
    shippingAddress: jsonb().$type<ShippingAddress>(),
    placedAt: instant().notNull(),
    paidAt: instant(),
  },
  (table) => [
    statusCheck("orders_status", table.status, orderMachine),
    index("orders_customer").on(table.customerId, table.placedAt),
    index("orders_organization").on(table.organizationId).where(sql`organization_id is not null`),
    index("orders_token").on(table.accessTokenHash),
    index("orders_placed").on(table.placedAt, table.id),
    index("orders_total_placed").on(table.totalAmount, table.id),
    index("orders_status_placed").on(table.status, table.placedAt, table.id),
    index("orders_number_prefix").on(table.number.op("text_pattern_ops")),
    index("orders_email_prefix").on(table.email.op("text_pattern_ops")),
    check("orders_total", sql`total_amount >= 0 and tax_amount between 0 and total_amount`),
  ],
);
export const orderTransitions = transitions(orderMachine);

export const orderLines = pgTable(
  "order_lines",
  {
    id: id(),
    orderId: text()
      .notNull()
      .references(() => orders.id, { onDelete: "restrict" }),
    productId: text()
      .notNull()
      .references(() => products.id, { onDelete: "restrict" }),
    variantId: text()
      .notNull()
      .references(() => variants.id, { onDelete: "restrict" }),
    /** The thing itself, or the fee that is paid once beside it. */
    part: text().$type<"item" | "setup_fee">().notNull().default("item"),
    /** As it was called when it was bought, in the buyer's language. */
    name: text().notNull(),
    quantity: integer().notNull(),
    unitAmount: amount().notNull(),
    totalAmount: amount().notNull(),
    taxRateBps: integer().notNull(),
    taxAmount: amount().notNull(),
    priceReceiptId: text()
      .notNull()
      .references(() => priceReceipts.id, { onDelete: "restrict" }),
    position: integer().notNull(),
  },
  (table) => [
    uniqueIndex("order_lines_position").on(table.orderId, table.position),
    check("order_lines_quantity", sql`quantity > 0`),
    oneOf("order_lines_part", table.part, ["item", "setup_fee"]),
  ],
);
