import type Stripe from "stripe";
import type { TrialWithoutCard } from "../../../drizzle/schema/catalog.ts";
import type { SubscriptionFacts } from "../../subscriptions/gateway.ts";
import { expanded, idOf, instant, instantOrNull, upper } from "./mapping.ts";
import { amountOf, seatPriceOf } from "./seat-prices.ts";

/** Of a subscription whose prices have their tiers with them. */
export function subscriptionFacts(subscription: Stripe.Subscription): SubscriptionFacts {
  const item = subscription.items.data[0];
  const recurring = item?.price.recurring;
  const quantity = item?.quantity ?? 1;
  const seats = item ? seatPriceOf(item.price) : null;
  return {
    externalId: subscription.id,
    status: statusOf(subscription),
    livemode: subscription.livemode,
    checkoutId: subscription.metadata.checkout_id ?? null,
    productExternalId: idOf(item?.price.product),
    organizationId: subscription.metadata.org_id ?? null,
    currency: upper(subscription.currency),
    amount: subscription.items.data.reduce((sum, one) => sum + amountOf(one.price, one.quantity ?? 1), 0),
    quantity,
    includedSeats: seats?.included ?? null,
    seatAmount: seats?.each ?? null,
    interval: (recurring?.interval ?? "month") as SubscriptionFacts["interval"],
    intervalCount: recurring?.interval_count ?? 1,
    currentPeriodStartAt: instantOrNull(item?.current_period_start),
    currentPeriodEndAt: instantOrNull(item?.current_period_end),
    cancelAt: instantOrNull(subscription.cancel_at),
    anchorAt: instantOrNull(subscription.billing_cycle_anchor),
    ...pauseOf(subscription),
    stripePriceId: item?.price.id ?? null,
    ...cardOf(subscription),
    ...payerOf(subscription),
    pending: pendingOf(subscription),
    ...scheduledOf(subscription),
    ...discountOf(subscription),
    discountChangeId: subscription.metadata[DISCOUNT_CHANGE] ?? null,
    startedAt: instantOrNull(subscription.start_date),
    endedAt: instantOrNull(subscription.ended_at),
    trialEndAt: instantOrNull(subscription.trial_end),
    trialWithoutCard: trialWithoutCardOf(subscription),
  };
}

/** An invoice is what every trial ends with at the provider, also one that asked for a card: our own mark tells which did not. */
function trialWithoutCardOf({ trial_settings: trial, metadata }: Stripe.Subscription): TrialWithoutCard | null {
  const end = trial?.end_behavior.missing_payment_method;
  if (end === "cancel") return "cancel";
  if (end === "pause") return "pause";
  return end === "create_invoice" && metadata[TRIAL_WITHOUT_CARD] === end ? "create_invoice" : null;
}

/** The card that it is charged to: its own, else its customer's. */
function cardOf({
  default_payment_method,
  customer,
}: Stripe.Subscription): Pick<SubscriptionFacts, "cardId" | "cardFingerprint"> {
  const own = idOf(default_payment_method);
  const fingerprint = expanded<Stripe.PaymentMethod>(default_payment_method)?.card?.fingerprint;
  if (own !== null) return { cardId: own, ...(fingerprint ? { cardFingerprint: fingerprint } : {}) };
  if (typeof customer === "string") return {};
  return { cardId: customer.deleted ? null : idOf(customer.invoice_settings.default_payment_method) };
}

/** Who is charged, and what is kept for them in the currency of the subscription. */
function payerOf({ customer, currency }: Stripe.Subscription) {
  const customerExternalId = idOf(customer);
  if (typeof customer === "string") return { customerExternalId };
  const kept = !customer.deleted && (customer.currency ?? currency) === currency ? customer.balance : 0;
  return { customerExternalId, balanceAmount: kept };
}

/** What we keep at the provider beside a pause, since collection that is set aside says nothing of when that was wanted for. */
export const PAUSE_FROM = "pause_from";
export const RESUME_AT = "resume_at";
/** What names our own change on a schedule. */
export const CHANGE_ID = "change_id";
/** What the end of a trial that asks for no card brings, as it was sold. */
export const TRIAL_WITHOUT_CARD = "trial_without_card";
/** What names the change that a discount, or its end, comes from. */
export const DISCOUNT_CHANGE = "discount_change";

const metadataInstant = (subscription: Stripe.Subscription, key: string): Date | null => {
  const seconds = Number(subscription.metadata[key] ?? "");
  return seconds > 0 ? instant(seconds) : null;
};

function pauseOf(subscription: Stripe.Subscription): Pick<SubscriptionFacts, "pauseAt" | "resumeAt"> {
  if (!subscription.pause_collection) return { pauseAt: null, resumeAt: null };
  return {
    pauseAt: metadataInstant(subscription, PAUSE_FROM),
    resumeAt: metadataInstant(subscription, RESUME_AT),
  };
}

/** Collection is set aside as soon as a pause is asked for; it begins with the first period that is not charged. */
function statusOf(subscription: Stripe.Subscription): SubscriptionFacts["status"] {
  const status = subscription.status as SubscriptionFacts["status"];
  const { pauseAt } = pauseOf(subscription);
  const began = instantOrNull(subscription.items.data[0]?.current_period_start);
  return status === "active" && pauseAt && began && began >= pauseAt ? "paused" : status;
}

function pendingOf(subscription: Stripe.Subscription): SubscriptionFacts["pending"] {
  const pending = subscription.pending_update;
  if (!pending) return null;
  return {
    stripePriceId: idOf(pending.subscription_items?.[0]?.price),
    quantity: pending.subscription_items?.[0]?.quantity ?? 1,
    expiresAt: instant(pending.expires_at),
    payUrl: expanded(subscription.latest_invoice)?.hosted_invoice_url ?? null,
  };
}

/** The price that a schedule's next phase brings; a schedule in its last phase brings nothing any more. */
function scheduledOf(subscription: Stripe.Subscription): Pick<SubscriptionFacts, "scheduled"> {
  if (subscription.schedule === null) return { scheduled: null };
  const schedule = expanded<Stripe.SubscriptionSchedule>(subscription.schedule);
  if (!schedule) return {};
  const from = schedule.current_phase?.end_date ?? 0;
  const next = schedule.phases.find((phase) => phase.start_date >= from);
  if (!next || schedule.status === "released" || schedule.status === "canceled") return { scheduled: null };
  return {
    scheduled: {
      changeId: schedule.metadata?.[CHANGE_ID] ?? null,
      stripePriceId: idOf(next.items[0]?.price),
      quantity: next.items[0]?.quantity ?? 1,
      at: instant(next.start_date),
    },
  };
}

/** What is taken off what renews. A coupon for one invoice is off the next one. We give one at a time; of several the first. */
function discountOf(subscription: Stripe.Subscription): Pick<SubscriptionFacts, "discount" | "discountSince"> {
  const [first] = subscription.discounts;
  if (first === undefined) return { discount: null };
  const coupon = typeof first === "string" ? null : expanded<Stripe.Coupon>(first.source.coupon);
  if (typeof first === "string" || coupon === null) return {};
  const once = coupon.duration === "once" ? subscription.items.data[0]?.current_period_end : undefined;
  return {
    discountSince: instant(first.start),
    discount: {
      bps: coupon.percent_off === null ? null : Math.round(coupon.percent_off * 100),
      amount: coupon.percent_off === null ? coupon.amount_off : null,
      untilAt: once === undefined ? instantOrNull(first.end) : instant(once + 1),
    },
  };
}
