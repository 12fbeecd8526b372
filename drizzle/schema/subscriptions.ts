import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, smallint, text } from "drizzle-orm/pg-core";
import { type InvoiceStatus, invoiceMachine } from "../../server/subscriptions/invoice-status.ts";
import { type SubscriptionStatus, subscriptionMachine } from "../../server/subscriptions/subscription-status.ts";
import { amount, currency, id, instant, oneOf, statusCheck, transitions } from "../columns.ts";
import { products, TRIAL_ENDS, type TrialWithoutCard } from "./catalog.ts";
import { customers } from "./identity.ts";
import { orders } from "./orders.ts";
import { organizations } from "./organizations.ts";
import { planVersions } from "./plans.ts";

/** A membership that renews, mirrored from Stripe. Times are business time. */
export const subscriptions = pgTable(
  "subscriptions",
  {
    id: id(),
    customerId: text()
      .notNull()
      .references(() => customers.id, { onDelete: "restrict" }),
    orderId: text()
      .notNull()
      .references(() => orders.id, { onDelete: "restrict" }),
    productId: text()
      .notNull()
      .references(() => products.id, { onDelete: "restrict" }),
    /** The organization whose plan it is, and the version that it was bought at; null for a person's membership. */
    organizationId: text().references(() => organizations.id, { onDelete: "restrict" }),
    planVersionId: text().references(() => planVersions.id, { onDelete: "restrict" }),
    stripeSubscriptionId: text().notNull().unique(),
    status: text().$type<SubscriptionStatus>().notNull(),
    priceReceiptId: text().notNull(),
    currency: currency().notNull(),
    /** What is paid per period in all, for every one of it and extra seats too. */
    amount: amount().notNull(),
    /** How many the provider charges for: of a plan with a seat price its seats, of a membership how many of it somebody has. */
    quantity: integer().notNull().default(1),
    /** How many seats its price is for, and what each beyond them costs per period; null: no more can be had at this price. */
    includedSeats: integer(),
    seatAmount: amount(),
    /** The seats that are paid for beyond those. */
    extraSeats: integer().notNull().default(0),
    interval: text().notNull(),
    intervalCount: smallint().notNull(),
    currentPeriodStartAt: instant(),
    currentPeriodEndAt: instant(),
    /** Where its cycle is counted from: the day of the month that renewals keep to. */
    anchorAt: instant(),
    /** When it will end although it is still active. */
    cancelAt: instant(),
    /** When it pauses, or did: from then on nothing is charged. */
    pauseAt: instant(),
    /** When a pause ends by itself; null: when its member says so. */
    resumeAt: instant(),
    startedAt: instant(),
    endedAt: instant(),
    /** When the trial that it began with is over; null: it had none. */
    trialEndAt: instant(),
    /** What the end of the trial brings when no card has come by then; null: it is charged. */
    trialWithoutCard: text().$type<TrialWithoutCard>(),
    /** Whether it began with a trial: free time that is given later moves `trialEndAt` too, and is none. */
    hadTrial: boolean().notNull().default(false),
    /** It began with a trial although its member had one before, and is ended for that. */
    trialRefused: boolean().notNull().default(false),
    /** A hash of what tells the card from others with which it began a trial; null: it began none, or none with a card. */
    trialCardHash: text(),
    /** What is taken off every charge before `discountUntilAt` (null: off all of them): a share, or a sum in minor units. */
    discountBps: integer(),
    discountAmount: amount(),
    discountUntilAt: instant(),
    /**
     * What waits at the provider for its next invoice, from changes in the middle of a period; minor units, negative: to the
     * member's favour.
     */
    carriedAmount: amount().notNull().default(0),
    /** The provider's id of who is charged, and what is kept there for their next bills: negative is theirs, positive is owed. Minor units. */
    stripeCustomerId: text(),
    balanceAmount: amount().notNull().default(0),
    /** The provider's id of the card that it is charged to, as far as we know. */
    stripeCardId: text(),
    /** When the page was opened on which its card was entered last: an older one changes nothing any more. */
    cardSince: instant(),
    /** That page, by the provider's id. */
    cardPageId: text(),
    /** Since when a payment is missing; null: none is. */
    overdueSince: instant(),
    /** Until when it gives what it gives although a payment is missing, whether or not that is still tried. */
    graceEndsAt: instant(),
    /** When what comes with that end is due; null: nothing is. */
    graceDueAt: instant(),
    /** When the mail about the end of the trial is due; null: there is none to send. */
    trialNoticeAt: instant(),
    /** When the sweep asks how it stands, should nobody have told us by then; null once it has ended. */
    nextCheckAt: instant(),
    createdAt: instant().notNull(),
  },
  (table) => [
    statusCheck("subscriptions_status", table.status, subscriptionMachine),
    oneOf("subscriptions_trial_end", table.trialWithoutCard, TRIAL_ENDS),
    check("subscriptions_plan", sql`(organization_id is null) = (plan_version_id is null)`),
    index("subscriptions_customer").on(table.customerId),
    index("subscriptions_organization").on(table.organizationId).where(sql`organization_id is not null`),
    index("subscriptions_extra_seats").on(table.organizationId).where(sql`extra_seats > 0`),
    check("subscriptions_seats", sql`quantity >= 0 and extra_seats >= 0`),
    index("subscriptions_plan_version").on(table.planVersionId).where(sql`plan_version_id is not null`),
    index("subscriptions_order").on(table.orderId),
    index("subscriptions_due").on(table.nextCheckAt),
    index("subscriptions_stripe_customer").on(table.stripeCustomerId).where(sql`stripe_customer_id is not null`),
    index("subscriptions_trial_notice").on(table.trialNoticeAt).where(sql`trial_notice_at is not null`),
    index("subscriptions_trial_card").on(table.trialCardHash).where(sql`trial_card_hash is not null`),
    index("subscriptions_grace_due").on(table.graceDueAt).where(sql`grace_due_at is not null`),
    index("subscriptions_resume").on(table.resumeAt).where(sql`resume_at is not null`),
    index("subscriptions_created").on(table.createdAt, table.id),
    index("subscriptions_started").on(table.startedAt),
    index("subscriptions_ended").on(table.endedAt).where(sql`ended_at is not null`),
    index("subscriptions_status_created").on(table.status, table.createdAt, table.id),
  ],
);
export const subscriptionTransitions = transitions(subscriptionMachine);

/** A line that money off is taken off: what it asks before that, and what is taken off it. */
export type OffLine = readonly [amount: number, off: number];

export const invoices = pgTable(
  "invoices",
  {
    id: id(),
    customerId: text()
      .notNull()
      .references(() => customers.id, { onDelete: "restrict" }),
    subscriptionId: text().references(() => subscriptions.id, { onDelete: "restrict" }),
    stripeInvoiceId: text().notNull().unique(),
    number: text(),
    status: text().$type<InvoiceStatus>().notNull(),
    /** `subscription_create`, `subscription_cycle` and so on, as Stripe names the reason. */
    reason: text().notNull(),
    currency: currency().notNull(),
    totalAmount: amount().notNull(),
    amountPaid: amount().notNull(),
    taxAmount: amount().notNull(),
    /** What money off is counted on, line by line, and what of it was taken off; minor units. Null: nobody has looked since it is kept. */
    offLines: jsonb().$type<readonly OffLine[]>(),
    periodStartAt: instant(),
    periodEndAt: instant(),
    nextPaymentAttemptAt: instant(),
    /** How often the provider has tried to charge it. */
    attemptCount: smallint().notNull().default(0),
    /** The provider's page on which it can be paid and approved. */
    payUrl: text(),
    paidAt: instant(),
    createdAt: instant().notNull(),
  },
  (table) => [
    statusCheck("invoices_status", table.status, invoiceMachine),
    index("invoices_customer").on(table.customerId, table.createdAt),
    index("invoices_subscription").on(table.subscriptionId),
    index("invoices_created").on(table.createdAt, table.id),
    index("invoices_total").on(table.totalAmount, table.id),
    index("invoices_status_created").on(table.status, table.createdAt, table.id),
    index("invoices_number_prefix").on(table.number.op("text_pattern_ops")),
  ],
);
export const invoiceTransitions = transitions(invoiceMachine);

/**
 * Links by which whoever pays changes a card without signing in: of one membership, for whoever pays for it when the mail
 * was sent. Only the hash is kept; times are technical.
 */
export const cardLinks = pgTable(
  "card_links",
  {
    tokenHash: text().primaryKey(),
    subscriptionId: text()
      .notNull()
      .references(() => subscriptions.id, { onDelete: "cascade" }),
    customerId: text()
      .notNull()
      .references(() => customers.id, { onDelete: "cascade" }),
    expiresAt: instant().notNull(),
    createdAt: instant().notNull(),
  },
  (table) => [
    index("card_links_subscription").on(table.subscriptionId),
    index("card_links_customer").on(table.customerId),
    index("card_links_expires").on(table.expiresAt),
  ],
);

/** How many of a person's membership there are; an organization's plan is one, whatever its seats. */
export const unitsHeld = sql<number>`case when ${subscriptions.organizationId} is null then ${subscriptions.quantity} else 1 end`;

/**
 * Whether it costs nothing just now although it is no trial that it began with: staff gave free time, or an offer did. The
 * provider calls both `trialing`, and begins a period with either. A trial whose end another plan moved is the trial.
 */
export const inFreeTime = sql<boolean>`(${subscriptions.status} = 'trialing'
  and (not ${subscriptions.hadTrial} or coalesce(${subscriptions.currentPeriodStartAt} > ${subscriptions.startedAt}, false))
  and not exists (select 1 from subscription_changes moved where moved.subscription_id = ${subscriptions.id}
    and moved.status = 'applied' and moved.trial_end_at = ${subscriptions.trialEndAt}))`;
