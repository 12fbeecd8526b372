import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import { customers } from "../../drizzle/schema/identity.ts";
import { orders } from "../../drizzle/schema/orders.ts";
import { payments } from "../../drizzle/schema/payments.ts";
import { campaigns, priceReceipts } from "../../drizzle/schema/pricing.ts";
import { subscriptionChanges } from "../../drizzle/schema/subscription-changes.ts";
import {
  inFreeTime,
  invoices,
  subscriptions,
  subscriptionTransitions,
  unitsHeld,
} from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { readHappenings, type TimelinePlace } from "../kernel/happenings.ts";
import { writtenOnce } from "../kernel/written-once.ts";
import { subscriptionErrors } from "./errors.ts";

/** What is kept for the payer's next bills, where no other membership of theirs renews before. */
const keptForIt = sql`case when ${subscriptions.balanceAmount} = 0 then 0
    when exists (select 1 from ${subscriptions} sooner where sooner.stripe_customer_id = ${subscriptions.stripeCustomerId}
      and sooner.id <> ${subscriptions.id} and sooner.currency = ${subscriptions.currency}
      and sooner.status in ('active', 'trialing', 'past_due') and sooner.cancel_at is null and sooner.pause_at is null
      and (sooner.current_period_end_at, sooner.id) < (${subscriptions.currentPeriodEndAt}, ${subscriptions.id})) then 0
    else ${subscriptions.balanceAmount} end`;

/** How many invoices a membership is shown with. */
const RECENT = 20;

/**
 * What the next renewal is charged, in minor units: another price may be booked for it, something taken off, something of a
 * change wait for it, and something be kept for the payer, which the soonest of their renewals uses. The same as
 * {@link nextCharge} for one membership.
 */
export const nextAmount =
  sql`(select case when owed < (case ${subscriptions.currency} when 'SEK' then 300 else 50 end) then 0 else owed end
  from (select price - least(price, case
    when ${subscriptions.discountUntilAt} <= ${subscriptions.currentPeriodEndAt} then 0
    when ${subscriptions.discountBps} is not null then round((price - seats) * ${subscriptions.discountBps} / 10000.0)
      + round(seats * ${subscriptions.discountBps} / 10000.0)
    else coalesce(${subscriptions.discountAmount}, 0) end) + ${subscriptions.carriedAmount} + ${keptForIt} as owed
  from (select coalesce(booked.amount, ${subscriptions.amount}) as price, coalesce(${subscriptions.seatAmount}, 0) * case
      when booked.kind = 'plan' then 0 else coalesce(booked.extra_seats, ${subscriptions.extraSeats}) end as seats
    from (select 1) one left join ${subscriptionChanges} booked on booked.subscription_id = ${subscriptions.id}
      and booked.status = 'scheduled' and booked.kind in ('plan', 'seats', 'units')
      and booked.effective_at <= ${subscriptions.currentPeriodEndAt}) renewing) owing)`.mapWith(Number);

/** What every view of a membership shows. */
export const membershipFacts = {
  id: subscriptions.id,
  productId: subscriptions.productId,
  productName: products.name,
  art: products.art,
  taxRateBps: products.taxRateBps,
  orderId: subscriptions.orderId,
  orderNumber: orders.number,
  status: subscriptions.status,
  currency: subscriptions.currency,
  amount: subscriptions.amount,
  /** How many of a person's membership there are; the amount is for all of them. */
  units: unitsHeld,
  /** How many of it the next renewal is for: another number may be booked. */
  nextUnits: sql<number>`coalesce((select booked.quantity from ${subscriptionChanges} booked
    where booked.subscription_id = ${subscriptions.id} and booked.status = 'scheduled' and booked.kind = 'units'
      and booked.effective_at <= ${subscriptions.currentPeriodEndAt}), ${unitsHeld})`,
  /** Of a plan: the seats that are paid for beside those that it holds. */
  extraSeats: subscriptions.extraSeats,
  nextAmount,
  interval: subscriptions.interval,
  intervalCount: subscriptions.intervalCount,
  currentPeriodStartAt: subscriptions.currentPeriodStartAt,
  currentPeriodEndAt: subscriptions.currentPeriodEndAt,
  cancelAt: subscriptions.cancelAt,
  pauseAt: subscriptions.pauseAt,
  resumeAt: subscriptions.resumeAt,
  startedAt: subscriptions.startedAt,
  endedAt: subscriptions.endedAt,
  trialEndAt: subscriptions.trialEndAt,
  hadTrial: subscriptions.hadTrial,
  /** What the end of its trial brings, as long as no card has come; null: it is charged. */
  withoutCard: sql<
    typeof subscriptions.$inferSelect.trialWithoutCard
  >`case when ${subscriptions.stripeCardId} is null then ${subscriptions.trialWithoutCard} end`,
  freeTime: inFreeTime,
  discountBps: subscriptions.discountBps,
  discountAmount: subscriptions.discountAmount,
  discountUntilAt: subscriptions.discountUntilAt,
  campaign: { id: campaigns.id, name: campaigns.name, durationMonths: campaigns.durationMonths },
  createdAt: subscriptions.createdAt,
};

function select(tx: Pick<Tx, "select">) {
  return tx
    .select(membershipFacts)
    .from(subscriptions)
    .innerJoin(products, eq(products.id, subscriptions.productId))
    .innerJoin(orders, eq(orders.id, subscriptions.orderId))
    .leftJoin(priceReceipts, eq(priceReceipts.id, subscriptions.priceReceiptId))
    .leftJoin(campaigns, eq(campaigns.id, priceReceipts.campaignId));
}

/** A customer's own memberships, those that run first. A plan that they pay for is its organization's. */
export async function listMyMemberships(tx: Tx, customerId: string) {
  return { items: await ofCustomer(tx, { customerId }) };
}

const ofCustomer = writtenOnce(["customerId"], (tx, { customerId }) =>
  select(tx)
    .where(and(eq(subscriptions.customerId, customerId), isNull(subscriptions.organizationId)))
    .orderBy(sql`${subscriptions.endedAt} is not null`, desc(subscriptions.createdAt), desc(subscriptions.id))
    .limit(100),
);

/**
 * One membership with its newest invoices, their payments and a page of its history, for staff. The list of invoices has the rest. Throws `subscriptions.not_found`.
 */
export async function getMembership(tx: Tx, { id, ...place }: { id: string } & TimelinePlace) {
  const [row] = await tx
    .select({
      ...membershipFacts,
      stripeSubscriptionId: subscriptions.stripeSubscriptionId,
      customerId: subscriptions.customerId,
      email: customers.email,
    })
    .from(subscriptions)
    .innerJoin(products, eq(products.id, subscriptions.productId))
    .innerJoin(orders, eq(orders.id, subscriptions.orderId))
    .innerJoin(customers, eq(customers.id, subscriptions.customerId))
    .leftJoin(priceReceipts, eq(priceReceipts.id, subscriptions.priceReceiptId))
    .leftJoin(campaigns, eq(campaigns.id, priceReceipts.campaignId))
    .where(eq(subscriptions.id, id));
  if (!row) throw subscriptionErrors.notFound();
  const bills = await tx
    .select({
      invoice: invoices,
      payment: {
        id: payments.id,
        status: payments.status,
        cardBrand: payments.cardBrand,
        cardLast4: payments.cardLast4,
      },
    })
    .from(invoices)
    .leftJoin(payments, eq(payments.invoiceId, invoices.id))
    .where(eq(invoices.subscriptionId, id))
    .orderBy(desc(invoices.createdAt), desc(invoices.id))
    .limit(RECENT);
  const steps = sql`select at, 'subscription'::text as what, subject_id, event, to_state as state, actor,
    coalesce(reason, cause) as cause, id as step from ${subscriptionTransitions} where subject_id = ${id}`;
  return {
    ...row,
    invoices: bills.map(({ invoice, payment }) => ({ ...invoice, payment })),
    history: await readHappenings<"subscription">(tx, { steps }, place),
  };
}
