import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, smallint, text, uniqueIndex } from "drizzle-orm/pg-core";
import {
  CANCEL_REASONS,
  type CancelReason,
  CHANGE_KINDS,
  CHANGE_TIMINGS,
  type ChangeKind,
  type ChangeStatus,
  type ChangeTiming,
  changeMachine,
} from "../../server/subscriptions/change-status.ts";
import { amount, currency, id, instant, oneOf, statusCheck, transitions } from "../columns.ts";
import { products, variants } from "./catalog.ts";
import type { TrialRule } from "./change-rules.ts";
import { customers } from "./identity.ts";
import { planVersions } from "./plans.ts";
import { retentionShowings } from "./retention-offers.ts";
import { subscriptions } from "./subscriptions.ts";

/** A line of what a change costs. Minor units, tax included; what is given back is negative. */
export type PreviewLine = {
  readonly amount: number;
  /** The provider's id of the price that it is about. */
  readonly stripePriceId: string | null;
  readonly fromAt: string;
  readonly untilAt: string;
};

/** What a change would cost, as the provider computes it. Instants as ISO text, since it is kept and signed. */
export type ChangePreview = {
  readonly currency: string;
  readonly lines: readonly PreviewLine[];
  /** The sum of the lines; negative: it is kept for the next invoice. */
  readonly total: number;
  /** What is charged at once, credit that is there taken off. */
  readonly dueNow: number;
};

/**
 * One row per wish that a membership becomes another: the intent, committed before the provider is asked (its id is the
 * calls' idempotency key), then what came of it. Times are business time.
 */
export const subscriptionChanges = pgTable(
  "subscription_changes",
  {
    id: id(),
    subscriptionId: text()
      .notNull()
      .references(() => subscriptions.id, { onDelete: "restrict" }),
    customerId: text()
      .notNull()
      .references(() => customers.id, { onDelete: "restrict" }),
    kind: text().$type<ChangeKind>().notNull(),
    timing: text().$type<ChangeTiming>().notNull(),
    status: text().$type<ChangeStatus>().notNull(),
    /** When what is scheduled happens, or happened. */
    effectiveAt: instant(),
    /** Of what comes with the end of a period, or begins with it: the instant of that end, as it was told when it was asked for. */
    toldEndAt: instant(),
    /**
     * When it was found that another period had begun before the provider could be asked: what it should have saved since that end
     * is paid back. `lateAmount`: what a period cost then, in all; of money off what it would have taken off one; null: it goes by another
     * cycle since.
     */
    lateAt: instant(),
    lateAmount: amount(),
    /** When a pause ends by itself; null: when its member says so. */
    resumeAt: instant(),
    /** Of free time: until when nothing is charged. */
    freeUntilAt: instant(),
    /** Of a discount: the share that is taken off (0: it ends), and for how many months. */
    discountBps: integer(),
    discountMonths: smallint(),
    /** The offer to somebody who was leaving that it was accepted from. */
    showingId: text().references(() => retentionShowings.id, { onDelete: "restrict" }),
    /** What it was when the change was asked for. */
    fromProductId: text().references(() => products.id, { onDelete: "restrict" }),
    /** What the membership becomes: the product and form, what it costs then, and the receipt of that price. */
    productId: text().references(() => products.id, { onDelete: "restrict" }),
    variantId: text().references(() => variants.id, { onDelete: "restrict" }),
    priceReceiptId: text(),
    /** Of an organization's plan: the version that it becomes. */
    planVersionId: text().references(() => planVersions.id, { onDelete: "restrict" }),
    stripePriceId: text(),
    amount: amount(),
    currency: currency(),
    interval: text(),
    intervalCount: smallint(),
    /** How many the provider charges for then, and how many of them are extra seats; null: one, and none. */
    quantity: integer(),
    extraSeats: integer(),
    /** Of fewer seats: the ids of those that are taken from somebody when it takes effect. */
    leavers: jsonb().$type<readonly string[]>(),
    /** The campaign whose months end with it, where nobody wished for it but the campaign. */
    campaignId: text(),
    /** What was shown before it was asked for: the same is charged. */
    quote: jsonb().$type<ChangePreview>(),
    prorationAt: instant(),
    /**
     * Of another plan in a trial that is not kept to the day that was promised: by which rule, and when it ends then. `prorationAt` is
     * set where that is at once.
     */
    trialRule: text().$type<Exclude<TrialRule, "keep">>(),
    trialEndAt: instant(),
    /** The invoice that the change waits for, and where it is paid. */
    stripeInvoiceId: text(),
    payUrl: text(),
    /** When a change that is not paid is given up. */
    expiresAt: instant(),
    reason: text().$type<CancelReason>(),
    comment: text(),
    /** What is paid back with an end, of which payment; minor units. */
    refundAmount: amount(),
    refundPaymentId: text(),
    failureCode: text(),
    requestedBy: text().notNull(),
    idempotencyKey: text().notNull().unique(),
    /** When it is looked after, should nobody have told us by then; null once it has ended. */
    nextCheckAt: instant(),
    createdAt: instant().notNull(),
    completedAt: instant(),
  },
  (table) => [
    statusCheck("subscription_changes_status", table.status, changeMachine),
    oneOf("subscription_changes_kind", table.kind, CHANGE_KINDS),
    oneOf("subscription_changes_timing", table.timing, CHANGE_TIMINGS),
    oneOf("subscription_changes_reason", table.reason, CANCEL_REASONS),
    check("subscription_changes_plan", sql`(kind = 'plan') = (stripe_price_id is not null)`),
    check(
      "subscription_changes_seats",
      sql`kind not in ('seats', 'units') or (quantity > 0 and extra_seats >= 0 and amount is not null)`,
    ),
    check("subscription_changes_free", sql`(kind = 'free') = (free_until_at is not null)`),
    check("subscription_changes_discount", sql`(kind = 'discount') = (discount_bps is not null)`),
    check(
      "subscription_changes_discount_months",
      sql`kind <> 'discount' or (discount_bps = 0) = (discount_months is null)`,
    ),
    oneOf("subscription_changes_trial_rule", table.trialRule, ["from_start", "restart"]),
    check("subscription_changes_trial", sql`(trial_rule is null) = (trial_end_at is null)`),
    check("subscription_changes_late", sql`late_at is null or told_end_at is not null`),
    check("subscription_changes_refund", sql`(refund_amount is null) = (refund_payment_id is null)`),
    uniqueIndex("subscription_changes_one_scheduled").on(table.subscriptionId).where(sql`status = 'scheduled'`),
    uniqueIndex("subscription_changes_one_in_flight")
      .on(table.subscriptionId)
      .where(sql`status in ('requested', 'sent', 'unknown', 'awaiting_payment')`),
    index("subscription_changes_subscription").on(table.subscriptionId, table.createdAt),
    index("subscription_changes_showing").on(table.showingId).where(sql`showing_id is not null`),
    index("subscription_changes_plan_version").on(table.planVersionId).where(sql`plan_version_id is not null`),
    index("subscription_changes_failed_move")
      .on(table.subscriptionId)
      .where(sql`status = 'failed' and plan_version_id is not null`),
    index("subscription_changes_due").on(table.nextCheckAt).where(sql`next_check_at is not null`),
  ],
);
export const subscriptionChangeTransitions = transitions(changeMachine);
