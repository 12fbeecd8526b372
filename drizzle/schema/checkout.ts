import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { type CheckoutStatus, checkoutMachine } from "../../server/checkout/checkout-status.ts";
import { amount, currency, id, instant, oneOf, statusCheck, transitions } from "../columns.ts";
import { products, type TrialWithoutCard, variants } from "./catalog.ts";
import { customers } from "./identity.ts";
import { organizations } from "./organizations.ts";
import { planVersions } from "./plans.ts";

/** A cart, kept for guests by a token in a cookie (only its hash here). It becomes an order atomically when paid. */
export const carts = pgTable(
  "carts",
  {
    id: id(),
    accessTokenHash: text().notNull(),
    customerId: text().references(() => customers.id, { onDelete: "restrict" }),
    currency: currency().notNull(),
    status: text().$type<"open" | "ordered" | "abandoned">().notNull(),
    /** Holds one product bought straight from its card; never shown as the visitor's cart. */
    direct: boolean().notNull().default(false),
    /** Counts every change: the same version never opens two payment pages. */
    version: integer().notNull().default(1),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (table) => [
    oneOf("carts_status", table.status, ["open", "ordered", "abandoned"]),
    index("carts_customer").on(table.customerId),
    index("carts_token").on(table.accessTokenHash),
    index("carts_idle").on(table.updatedAt).where(sql`status = 'abandoned' or customer_id is null`),
    uniqueIndex("carts_open_token").on(table.accessTokenHash).where(sql`status = 'open'`),
    uniqueIndex("carts_open_customer").on(table.customerId).where(sql`status = 'open' and not direct`),
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
  /** What is charged today: nothing while a trial runs. */
  readonly unitAmount: number;
  readonly taxRateBps: number;
  readonly priceReceiptId: string;
  readonly stripePriceId: string;
  /** The trial that it begins with, in days, and what is charged when that is over. */
  readonly trialDays?: number;
  /** What the end of that trial brings without a card; not there: the page asks for one. */
  readonly trialWithoutCard?: TrialWithoutCard;
  readonly laterAmount?: number;
  /** The fee that is paid once beside a membership; otherwise the thing itself. */
  readonly part?: "setup_fee";
  /** Of a plan that sells seats: how many it has in all, which is what the provider charges for. */
  readonly seats?: number;
  /** Of a credit pack: what is granted when it is paid, whatever the catalogue says by then. */
  readonly credits?: FrozenCredits;
};

/** Credits of one of a pack, and how many days they can be used (null: for ever). */
export type FrozenCredits = { readonly perUnit: number; readonly validDays: number | null };

/** For whom credits are bought. Stripe carries it beside our purchase's id; it is compared, and never says how many. */
export type CreditPointer = {
  readonly userId: string;
  /** The API key that was named, or that asked. */
  readonly keyId: string | null;
  /** The buyer lets the card be charged again when credits run low. */
  readonly keepCard?: boolean;
};

/** The intent row of one attempt to pay; committed before Stripe is called, its id is the call's idempotency key. */
export const checkouts = pgTable(
  "checkouts",
  {
    id: id(),
    accessTokenHash: text().notNull(),
    /** The token itself, sealed, where a secret made it that the shop gives up (`keep-order-links.ts`). */
    accessTokenSealed: text(),
    cartId: text()
      .notNull()
      .references(() => carts.id, { onDelete: "restrict" }),
    cartVersion: integer().notNull(),
    attempt: integer().notNull(),
    /** Set when the buyer was signed in; a guest's customer is found when the purchase is paid. */
    customerId: text().references(() => customers.id, { onDelete: "restrict" }),
    /** Sent to Stripe unchanged on every retry of the call, like the lines: the buyer's own customer there, or the address to fill in. */
    stripeCustomerId: text(),
    email: text(),
    /** Where the payment page's back link leads. */
    cancelPath: text().notNull(),
    mode: text().$type<"payment" | "subscription">().notNull(),
    status: text().$type<CheckoutStatus>().notNull(),
    currency: currency().notNull(),
    totalAmount: amount().notNull(),
    lines: jsonb().$type<readonly FrozenLine[]>().notNull(),
    /** Null where no credits are bought. */
    creditPointer: jsonb().$type<CreditPointer>(),
    /** The organization that a plan is bought for, and the version that it is bought at; null for everything else. */
    organizationId: text().references(() => organizations.id, { onDelete: "restrict" }),
    planVersionId: text().references(() => planVersions.id, { onDelete: "restrict" }),
    /** The saved card that is charged without a page; null where a page is paid on. */
    topUpCard: text(),
    /** The payment of a charge without a page, once the provider has answered. */
    paymentExternalId: text().unique(),
    locale: text().$type<"sv" | "en">().notNull(),
    requiresShipping: boolean().notNull(),
    /** The receipt of the consent to start the service before the withdrawal period ends; null where none was given. */
    startConsentAt: instant(),
    idempotencyKey: text().notNull().unique(),
    stripeSessionId: text().unique(),
    url: text(),
    /** Sent to Stripe unchanged on every retry of the call. Business time. */
    expiresAt: instant().notNull(),
    /** When the sweep looks at it next; null once nothing can happen any more. */
    nextCheckAt: instant(),
    failureCode: text(),
    createdAt: instant().notNull(),
  },
  (table) => [
    statusCheck("checkouts_status", table.status, checkoutMachine),
    uniqueIndex("checkouts_attempt").on(table.cartId, table.cartVersion, table.attempt),
    index("checkouts_due").on(table.nextCheckAt).where(sql`next_check_at is not null`),
    index("checkouts_unknown").on(table.createdAt).where(sql`status = 'unknown'`),
    index("checkouts_token").on(table.accessTokenHash),
    index("checkouts_customer").on(table.customerId),
    index("checkouts_organization").on(table.organizationId).where(sql`organization_id is not null`),
    check("checkouts_plan", sql`(organization_id is null) = (plan_version_id is null)`),
    index("checkouts_top_ups").on(table.customerId, table.createdAt).where(sql`top_up_card is not null`),
    index("checkouts_top_ups_by_time").on(table.createdAt, table.id).where(sql`top_up_card is not null`),
    index("checkouts_credits").on(table.customerId, table.createdAt).where(sql`credit_pointer is not null`),
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

/** Gives every look at a provider a place in one order; see `server/kernel/look.ts`. */
export const lookOrder = pgSequence("look_order");

/** The last look at something a provider holds that was applied here: an older one never overwrites a newer one. */
export const providerLooks = pgTable("provider_looks", {
  /** `checkout:…`, `subscription:…`, `invoice:…` */
  subject: text().primaryKey(),
  /** Drawn from `look_order` before the provider was asked and after it had answered. */
  began: bigint({ mode: "number" }).notNull(),
  ended: bigint({ mode: "number" }).notNull(),
});
