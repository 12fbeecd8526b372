import { and, desc, eq, inArray, or, sql } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import { organizations } from "../../drizzle/schema/organizations.ts";
import { paymentAttempts, payments } from "../../drizzle/schema/payments.ts";
import { subscriptionChanges } from "../../drizzle/schema/subscription-changes.ts";
import { invoices } from "../../drizzle/schema/subscriptions.ts";
import { customerOf } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { withWho } from "../kernel/names.ts";
import { declineClass } from "../payments/index.ts";
import {
  allowedChanges,
  amountOfSeats,
  discounted,
  discountOf,
  endRefunds,
  holdsOnPause,
  isAllowed,
  OPEN_CHANGE,
  readChangeFacts,
} from "../subscriptions/index.ts";
import { campaignEndOf } from "./campaign-end.ts";
import { discountChoices } from "./discount-choices.ts";
import { freeTimes } from "./free-time.ts";
import { type Reach, reachMembership } from "./own-membership.ts";
import { presentVariant } from "./quote-change.ts";
import { resumeDate } from "./resume-date.ts";
import { soldUnits } from "./unit-wish.ts";

const shown = {
  id: subscriptionChanges.id,
  kind: subscriptionChanges.kind,
  timing: subscriptionChanges.timing,
  status: subscriptionChanges.status,
  effectiveAt: subscriptionChanges.effectiveAt,
  resumeAt: subscriptionChanges.resumeAt,
  freeUntilAt: subscriptionChanges.freeUntilAt,
  discountBps: subscriptionChanges.discountBps,
  discountMonths: subscriptionChanges.discountMonths,
  /** Of seats or units: how many there are then in all. */
  quantity: subscriptionChanges.quantity,
  productName: products.name,
  productId: subscriptionChanges.productId,
  variantId: subscriptionChanges.variantId,
  amount: subscriptionChanges.amount,
  currency: subscriptionChanges.currency,
  interval: subscriptionChanges.interval,
  intervalCount: subscriptionChanges.intervalCount,
  payUrl: subscriptionChanges.payUrl,
  expiresAt: subscriptionChanges.expiresAt,
  reason: subscriptionChanges.reason,
  comment: subscriptionChanges.comment,
  failureCode: subscriptionChanges.failureCode,
  requestedBy: subscriptionChanges.requestedBy,
  /** Nobody's wish: a campaign's months end with it. */
  campaignId: subscriptionChanges.campaignId,
  createdAt: subscriptionChanges.createdAt,
  completedAt: subscriptionChanges.completedAt,
};

const HISTORY = 50;
const ATTEMPTS = 20;

/**
 * What can be asked of a membership now, what is scheduled or under way, what is unpaid and why, and what could be paid
 * back with an end now. Throws `subscriptions.not_found` for what is out of the actor's reach.
 */
export async function membershipLife(tx: Tx, id: string, reach: Reach) {
  const membership = await reachMembership(tx, id, reach);
  const { facts } = await readChangeFacts(tx, id);
  const changes = await tx
    .select(shown)
    .from(subscriptionChanges)
    .leftJoin(products, eq(products.id, subscriptionChanges.productId))
    .where(eq(subscriptionChanges.subscriptionId, id))
    .orderBy(desc(subscriptionChanges.createdAt), desc(subscriptionChanges.id))
    .limit(HISTORY);
  const open = changes.filter((one) => (OPEN_CHANGE as readonly string[]).includes(one.status));
  const [newest] = changes;
  return {
    id,
    /** Whose plan it is; null: a person's own membership. */
    organizationId: membership.organizationId,
    status: membership.status,
    productId: membership.productId,
    pauseAt: membership.pauseAt,
    resumeAt: membership.resumeAt,
    /** Of a plan: whether everything holds while it rests. */
    holdsOnPause: await holdsOnPause(tx, membership),
    currentPeriodEndAt: membership.currentPeriodEndAt,
    endedAt: membership.endedAt,
    /** The days on which a pause that is asked for now could end. */
    pauseUntil: pauseDates(membership.currentPeriodEndAt),
    /** Until when it gives what it gives although a payment is missing. */
    graceEndsAt: membership.graceEndsAt,
    graceOver: membership.graceEndsAt !== null && membership.graceEndsAt <= tx.scope.now,
    amount: membership.amount,
    currency: membership.currency,
    /** The seats that are paid for beside those that the plan holds. */
    extraSeats: membership.extraSeats,
    /** What one more costs per period; null: none are sold. */
    seatAmount: membership.seatAmount,
    /** How many of it there are, how many may be had, and what each costs per period; null: one, and no more can be had. */
    units: await soldUnits(tx, membership),
    interval: membership.interval,
    intervalCount: membership.intervalCount,
    /** What is taken off now, and what a charge now would be. */
    discount: discountOf(membership),
    chargedNow: discounted(membership.amount, discountOf(membership), tx.scope.now, amountOfSeats(membership)),
    campaignEnd: membership.status === "canceled" ? null : await campaignEndOf(tx, membership),
    variantId: await presentVariant(tx, membership),
    /** Until when it is free although it was paid for before: until then there is no other one, and no other number; null: it is not. */
    freeUntil: facts.freeUntil,
    allowed: allowedChanges(facts),
    scheduled: open.find((one) => one.status === "scheduled") ?? null,
    inFlight: open.find((one) => one.status !== "scheduled") ?? null,
    /** The last thing that was asked for, where it came to nothing. */
    failed: newest?.status === "failed" ? newest : null,
    card: await lastCard(tx, id),
    unpaid: await unpaidInvoice(tx, id),
    changes,
  };
}

/** The same with what only staff need. */
export async function membershipLifeForStaff(tx: Tx, id: string) {
  const membership = await reachMembership(tx, id, "any");
  const [organization] =
    membership.organizationId === null
      ? []
      : await tx
          .select({ id: organizations.id, name: organizations.name })
          .from(organizations)
          .where(eq(organizations.id, membership.organizationId));
  // Nobody gives anything to themselves.
  const own = membership.customerId === customerOf(tx.scope.actor);
  const life = await membershipLife(tx, id, "any");
  const { facts } = await readChangeFacts(tx, id);
  return {
    ...life,
    // Staff see what another one comes to while it is free, and decide.
    allowed: { ...life.allowed, plan: isAllowed({ kind: "plan", timing: "now", byStaff: true }, facts) },
    changes: await withWho(tx, life.changes, ({ requestedBy }) => requestedBy),
    refunds: await endRefunds(tx, id),
    organization: organization ?? null,
    /** The free time that can be given, with the day of the charge that follows; and what can be taken off. */
    freeTimes: own ? [] : freeTimes(membership, tx.scope.now),
    discounts: own ? null : discountChoices(membership, tx.scope.now),
  };
}

const PAUSE_MONTHS = [1, 2, 3];

const pauseDates = (from: Date | null) =>
  from === null ? [] : PAUSE_MONTHS.map((months) => ({ months, until: resumeDate(from, months) }));

/** The card that was charged last for a membership. */
export async function lastCard(tx: Tx, subscriptionId: string) {
  const [row] = await tx
    .select({ brand: payments.cardBrand, last4: payments.cardLast4 })
    .from(payments)
    .innerJoin(invoices, eq(invoices.id, payments.invoiceId))
    .where(eq(invoices.subscriptionId, subscriptionId))
    .orderBy(desc(payments.createdAt), desc(payments.id))
    .limit(1);
  return row?.brand && row.last4 ? { brand: row.brand, last4: row.last4 } : null;
}

/**
 * What is owed for a membership and why its newest bill was not paid; null when nothing is. The amount, in minor units, is
 * what a new try charges: every bill that is open, and the newest also when it was given up.
 */
export async function unpaidInvoice(tx: Tx, subscriptionId: string) {
  const [row] = await tx
    .select({ invoice: invoices, payment: payments })
    .from(invoices)
    .leftJoin(payments, eq(payments.invoiceId, invoices.id))
    .where(and(eq(invoices.subscriptionId, subscriptionId), inArray(invoices.status, ["open", "uncollectible"])))
    .orderBy(desc(invoices.createdAt), desc(invoices.id))
    .limit(1);
  if (!row) return null;
  const { invoice, payment } = row;
  const [owed] = await tx
    .select({ amount: sql<number>`sum(${invoices.totalAmount} - ${invoices.amountPaid})`.mapWith(Number) })
    .from(invoices)
    .where(
      and(eq(invoices.subscriptionId, subscriptionId), or(eq(invoices.status, "open"), eq(invoices.id, invoice.id))),
    );
  const tried = payment
    ? await tx
        .select({
          at: paymentAttempts.at,
          outcome: paymentAttempts.outcome,
          declineCode: paymentAttempts.declineCode,
          last4: paymentAttempts.cardLast4,
        })
        .from(paymentAttempts)
        .where(eq(paymentAttempts.paymentId, payment.id))
        .orderBy(desc(paymentAttempts.at), desc(paymentAttempts.id))
        .limit(ATTEMPTS)
    : [];
  const attempts = tried.map(({ declineCode, ...attempt }) => ({
    ...attempt,
    declineClass: declineClass(declineCode),
  }));
  return {
    amount: owed?.amount ?? invoice.totalAmount - invoice.amountPaid,
    currency: invoice.currency,
    number: invoice.number,
    since: invoice.createdAt,
    nextAttemptAt: invoice.nextPaymentAttemptAt,
    paymentStatus: payment?.status ?? null,
    /** Where it can be paid and approved at the provider. */
    payUrl: invoice.payUrl,
    /** What was tried, newest first; how often in all is what the provider counts. */
    attempts,
    attemptCount: invoice.attemptCount,
    declineClass: attempts[0]?.declineClass ?? null,
  };
}
