import { eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { products } from "../../drizzle/schema/catalog.ts";
import { customers } from "../../drizzle/schema/identity.ts";
import { orders } from "../../drizzle/schema/orders.ts";
import { organizations } from "../../drizzle/schema/organizations.ts";
import { subscriptionChanges } from "../../drizzle/schema/subscription-changes.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { type MailPorts, mailAtOnce, namedUnits, type TemplateProps } from "../messaging/index.ts";
import { readBrand } from "../organizations/index.ts";
import {
  amountOfSeats,
  type Change,
  discounted,
  discountOf,
  lateMoneyOf,
  nextCharge,
  unitsOf,
} from "../subscriptions/index.ts";
import { payerId, wayOf } from "./payer.ts";

type What = TemplateProps["membership-change"]["what"];

/**
 * Sends the mail that tells a member what became of a wish: once per change and outcome, by the change as it is when this
 * runs. What a mail of its own tells already (a charge that was tried again) has none. Idempotent.
 */
export async function sendChangeMail(ctx: Ctx<MailPorts>, { changeId }: { changeId: string }): Promise<void> {
  const facts = await ctx.db.transaction((tx) => changeFacts(tx, changeId), { readOnly: true });
  const what = facts && whatOf(facts.change, facts.subscription);
  if (!facts || !what) return;
  const { change, subscription, product, fromProduct, customer, order } = facts;
  const other = what.startsWith("plan_");
  const waits = what === "plan_waits" || what === "price_waits" || what === "seats_waits" || what === "units_waits";
  const currency = change.currency ?? subscription.currency;
  const discount = discountOf(subscription);
  const full = { amount: change.amount ?? subscription.amount, currency };
  // What is paid next, with what is taken off then; another price is told as it is.
  const nextAt = subscription.currentPeriodEndAt ?? change.createdAt;
  const ofSeats =
    change.amount === null || change.kind === "seats" ? amountOfSeats({ ...subscription, ...seatsOf(change) }) : 0;
  const next = { amount: discounted(full.amount, discount, nextAt, ofSeats), currency };
  const price = change.amount === null ? next : full;
  const unit = (change.interval ?? subscription.interval) as TemplateProps["membership-change"]["interval"]["unit"];
  const way = wayOf({ customer, checkoutId: order.checkoutId }, ctx.providers.links, subscription.organizationId);
  const ofPlan = subscription.organizationId !== null;
  // The words of these say how many themselves; of another product only the new number is known.
  const counted = change.kind === "units" || other;
  const lateMoney = change.lateAt && (await ctx.db.transaction((tx) => lateMoneyOf(tx, change), { readOnly: true }));
  const nameOf = ({ name }: typeof product, units: number) => namedUnits(name[order.locale], units);
  const brand = await ctx.db.transaction((tx) => readBrand(tx, subscription.organizationId), { readOnly: true });
  const mail = await ctx.providers.templates.render(
    "membership-change",
    order.locale,
    {
      what,
      seats: change.quantity,
      productName: nameOf(other ? (fromProduct ?? product) : product, counted ? 1 : unitsOf(subscription)),
      newProductName: other ? nameOf(product, ofPlan ? 1 : (change.quantity ?? 1)) : null,
      at: what === "keep_too_late" ? subscription.endedAt : (change.freeUntilAt ?? change.effectiveAt),
      lateSince: wasLate(change, lateMoney) ? change.toldEndAt : null,
      lateMoney,
      until: what === "discount" ? (discount?.untilAt ?? null) : (change.resumeAt ?? change.expiresAt),
      price,
      priceBefore: what === "price_scheduled" ? { amount: subscription.amount, currency: subscription.currency } : null,
      fullPrice: price.amount === full.amount ? null : full,
      interval: { unit, count: change.intervalCount ?? subscription.intervalCount },
      nextPaymentAt: subscription.cancelAt ? null : subscription.currentPeriodEndAt,
      nextPayment: {
        amount: nextCharge(full.amount, discount, { ...subscription, currency }, nextAt, ofSeats),
        currency,
      },
      refund: change.refundAmount === null ? null : { amount: change.refundAmount, currency: subscription.currency },
      ...costOf(change),
      payUrl: waits ? change.payUrl : null,
      ofPlan,
      accountUrl: way.url,
    },
    brand,
  );
  await mailAtOnce(ctx, {
    mail,
    dedupeKey: `membership-change:${changeId}:${what}`,
    to: customer.email,
    customerId: customer.id,
    userId: customer.userId,
    link: waits ? null : way.link,
    cause: `a membership was changed: ${change.kind}`,
  });
}

/** Free time, and a pause, that are seen later have come in time where nothing was charged that should not have been. */
const wasLate = ({ kind, lateAt }: Change, lateMoney: TemplateProps["membership-change"]["lateMoney"]): boolean =>
  lateAt !== null && (lateMoney !== null || (kind !== "free" && kind !== "pause"));

/** What was charged with a change, is set off against the next bill, or comes with it. */
function costOf({ quote, timing, prorationAt }: Change) {
  const sum = (amount: number) => (quote && amount > 0 ? { amount, currency: quote.currency } : null);
  // What an earlier change in the period has left comes with the same bill, and was told with that.
  const own = (quote?.lines ?? []).filter(
    ({ fromAt }) => prorationAt === null || Date.parse(fromAt) >= prorationAt.getTime(),
  );
  const total = timing === "next_invoice" ? own.reduce((all, line) => all + line.amount, 0) : (quote?.total ?? 0);
  return {
    charged: sum(quote?.dueNow ?? 0),
    credited: sum(-total),
    carried: timing === "next_invoice" ? sum(total) : null,
  };
}

/** What there is to tell of a change as it stands; null: nothing, or it was told when it was scheduled. */
function whatOf(change: Change, of: typeof subscriptions.$inferSelect): What | null {
  const { trialRefused, amount } = of;
  const discount = discountOf(of);
  const { kind, timing, status, campaignId, discountBps, productId, fromProductId } = change;
  const { planVersionId, requestedBy } = change;
  const isMove = planVersionId !== null && requestedBy.startsWith("system:");
  // Somebody else's wish: the same membership or plan at another price.
  const priceAlone = productId === fromProductId && isMove;
  // When a campaign's months end was told when it began, and stands on every receipt.
  if (campaignId !== null) return null;
  if (status === "scheduled") {
    if (kind === "cancel") return "ending";
    if (kind === "version") return "terms_scheduled";
    if (kind === "seats" || kind === "units") return `${kind}_scheduled`;
    // Told as long before as it is known.
    if (kind === "plan" && priceAlone && change.amount === amount) return "terms_scheduled";
    if (kind === "plan") return priceAlone ? "price_scheduled" : "plan_scheduled";
    return kind === "pause" ? "pausing" : null;
  }
  if (kind === "seats" || kind === "units") return ofQuantity(kind, change);
  if (status === "awaiting_payment") return priceAlone ? "price_waits" : "plan_waits";
  if (status === "failed" && priceAlone) return change.failureCode === "not_paid" ? "price_kept" : null;
  if (status === "failed" && kind === "keep" && of.endedAt !== null) return "keep_too_late";
  if (status === "failed") return kind === "plan" ? "plan_failed" : null;
  if (status !== "applied") return null;
  // What came too late was not told of as something to come.
  const told = timing === "period_end" && change.lateAt === null;
  if (kind === "cancel") return !told ? (trialRefused ? "trial_again" : "ended") : null;
  if (kind === "version") return timing === "now" ? "terms_changed" : null;
  if (kind === "plan" && !told) return priceAlone ? "price_changed" : "plan_changed";
  if (kind === "plan") return null;
  if (kind === "free") return "free";
  if (kind === "discount" && change.lateAt && discount === null) return "discount_past";
  if (kind === "discount") return discountBps ? "discount" : "discount_ended";
  if (kind === "pause") return told ? null : "pausing";
  return kind === "keep" ? "kept" : kind === "resume" ? "resumed" : null;
}

const seatsOf = ({ extraSeats }: Change) => (extraSeats === null ? {} : { extraSeats });

/** Fewer were told of when they were booked. */
function ofQuantity(kind: "seats" | "units", { status, timing, lateAt }: Change): What | null {
  if (status === "awaiting_payment") return `${kind}_waits`;
  if (status === "failed") return `${kind}_failed`;
  return status === "applied" && (timing === "now" || lateAt) ? `${kind}_changed` : null;
}

async function changeFacts(tx: Tx, changeId: string) {
  const target = alias(products, "target");
  const from = alias(products, "from_product");
  const [row] = await tx
    .select({
      change: subscriptionChanges,
      subscription: subscriptions,
      present: products,
      target,
      fromProduct: from,
      customer: customers,
      order: orders,
    })
    .from(subscriptionChanges)
    .innerJoin(subscriptions, eq(subscriptions.id, subscriptionChanges.subscriptionId))
    .innerJoin(products, eq(products.id, subscriptions.productId))
    .leftJoin(organizations, eq(organizations.id, subscriptions.organizationId))
    // Of a company: whoever pays for it now.
    .innerJoin(customers, eq(customers.id, payerId))
    .innerJoin(orders, eq(orders.id, subscriptions.orderId))
    .leftJoin(target, eq(target.id, subscriptionChanges.productId))
    .leftJoin(from, eq(from.id, subscriptionChanges.fromProductId))
    .where(eq(subscriptionChanges.id, changeId));
  if (!row) return null;
  return { ...row, product: row.target ?? row.present };
}
