import { type Decline, declineFor } from "../cards/declines.ts";
import { countUse } from "../coupons/discounts.ts";
import { judge, pay } from "../payment-intents/pay.ts";
import { newPaymentIntent } from "../payment-intents/shape.ts";
import { type CardEntry, newCardMethod } from "../payment-methods/shape.ts";
import { countRedemption } from "../promotion-codes/redeem.ts";
import { saveCard } from "../setup-intents/confirm.ts";
import { change, create, type Unit } from "../unit.ts";
import type { CheckoutSession, PaymentIntent, PaymentMethod } from "../wire.ts";
import { idOf } from "../world.ts";
import { attach, customerDetails, customerFor, shippingAddress } from "./buyer.ts";
import { answered } from "./custom-fields.ts";
import type { Buyer, CheckoutDetails } from "./details.ts";
import { asksForMethod, dueNow } from "./due-now.ts";
import { withoutApproval } from "./refuse.ts";
import { startPaidSubscription } from "./start-subscription.ts";

export type CheckoutOutcome =
  | { outcome: "complete"; session: CheckoutSession }
  | { outcome: "needs_approval" }
  | { outcome: "declined"; code: string; reason: string; message: string };

/** The payment that this checkout's tries go to; the first try makes it. */
export function intentFor(unit: Unit, session: CheckoutSession, details: CheckoutDetails): PaymentIntent {
  const { world } = unit;
  const known = details.intentId === null ? undefined : world.paymentIntents.get(details.intentId);
  const { due } = dueNow(world, session);
  if (known) return change(unit, world.paymentIntents, known, { amount: due });
  const renewing = session.mode === "subscription";
  const intent = create(
    unit,
    world.paymentIntents,
    newPaymentIntent(unit, due, session.currency ?? "", {
      capture_method: renewing ? "automatic" : "automatic_async",
      customer: session.customer,
      description: renewing ? "Subscription creation" : details.paymentData.description,
      metadata: renewing ? {} : details.paymentData.metadata,
      payment_method_types: session.payment_method_types,
      receipt_email: details.paymentData.receiptEmail,
      setup_future_usage: renewing ? "off_session" : details.paymentData.setupFutureUsage,
    }),
    "payment_intent.created",
  );
  if (!renewing) change(unit, world.sessions, session, { payment_intent: intent.id });
  world.checkoutDetails.replace({ ...details, intentId: intent.id });
  return intent;
}

/**
 * A card was entered on the hosted page. Success completes the session; a refusal or an approval that is needed
 * leaves it open. Safe to call for a session that is complete already: then nothing is charged.
 */
export function submitCard(
  unit: Unit,
  sessionId: string,
  buyer: Buyer,
  card: CardEntry,
  approvalUrl: string,
): CheckoutOutcome {
  const { world } = unit;
  const session = world.sessions.get(sessionId);
  const details = world.checkoutDetails.get(sessionId);
  if (!session || !details) throw new Error(`no such checkout: ${sessionId}`);
  if (session.status === "complete") return { outcome: "complete", session };
  const method = newCardMethod(unit, card);
  if (dueNow(world, session).due === 0) return submitFree(unit, session, details, method, buyer);
  const intent = intentFor(unit, session, details);
  const attempt = { approved: false, offSession: false, approvalUrl };
  if (judge(card.behavior, attempt) === null) return completed(unit, sessionId, method, buyer, false);
  const paid = pay(unit, intent, method, attempt);
  const waiting = paid.outcome === "needs_approval" ? { methodId: method.id, buyer } : null;
  world.checkoutDetails.replace({ ...details, intentId: intent.id, pending: waiting });
  return paid.outcome === "declined" ? declined(paid.decline) : { outcome: "needs_approval" };
}

/** The page asked for no card, since nothing is due now: what was bought begins without one. Safe to call again. */
export function submitWithoutCard(unit: Unit, sessionId: string, buyer: Buyer): CheckoutSession {
  const { world } = unit;
  const session = world.sessions.get(sessionId);
  if (!session || asksForMethod(world, session)) throw new Error(`checkout ${sessionId} needs a card`);
  return session.status === "complete" ? session : complete(unit, sessionId, null, buyer, false);
}

/** The customer approved at the bank; the payment is made, unless the bank refuses after all. */
export function approve(unit: Unit, sessionId: string): CheckoutOutcome {
  const { world } = unit;
  const details = world.checkoutDetails.get(sessionId);
  const session = world.sessions.get(sessionId);
  if (session?.status === "complete") return { outcome: "complete", session };
  const method = world.paymentMethods.get(details?.pending?.methodId ?? "");
  const card = world.cards.get(method?.id ?? "");
  const due = session ? dueNow(world, session).due : 0;
  const intent = due > 0 ? world.paymentIntents.get(details?.intentId ?? "") : undefined;
  if (!session || !details?.pending || !method || !card || (!intent && due > 0))
    throw new Error(`checkout ${sessionId} waits for no approval`);
  const attempt = { approved: true, offSession: false };
  if (!intent) return completed(unit, sessionId, method, details.pending.buyer, true);
  if (judge(card.behavior, attempt) === null) return completed(unit, sessionId, method, details.pending.buyer, true);
  world.checkoutDetails.replace(withoutApproval(details));
  const paid = pay(unit, intent, method, attempt);
  if (paid.outcome !== "declined") throw new Error(`an approved payment ended as ${paid.outcome}`);
  return declined(paid.decline);
}

function declined({ code, declineCode, message }: Decline): CheckoutOutcome {
  return { outcome: "declined", code, reason: declineCode ?? code, message };
}

function completed(...of: Parameters<typeof complete>): CheckoutOutcome {
  return { outcome: "complete", session: complete(...of) };
}

/** What was bought is paid or on its way, and the session is over. */
export function complete(
  unit: Unit,
  sessionId: string,
  method: PaymentMethod | null,
  buyer: Buyer,
  approved: boolean,
): CheckoutSession {
  const { world } = unit;
  const session = world.sessions.get(sessionId);
  const details = world.checkoutDetails.get(sessionId);
  const due = session ? dueNow(world, session).due : 0;
  const intent = due > 0 ? world.paymentIntents.get(details?.intentId ?? "") : undefined;
  if (!session || !details || (!intent && due > 0)) throw new Error(`checkout ${sessionId} has no payment`);
  const customer = customerFor(unit, session, buyer);
  const keepsCard = customer && (!intent || intent.setup_future_usage !== null);
  const card = method && keepsCard ? attach(unit, method, customer) : method;
  const shipping = shippingAddress(buyer);
  const ready =
    intent &&
    change(unit, world.paymentIntents, intent, {
      customer: customer?.id ?? null,
      shipping: shipping && { ...shipping, carrier: null, phone: null, tracking_number: null },
    });
  const bought =
    session.mode === "subscription" && customer
      ? startPaidSubscription(unit, { session, details, customer, method: card, intent: ready, approved })
      : !card
        ? {}
        : ready
          ? payOnce(unit, ready, card, approved)
          : saveOnly(unit, session, card);
  if (session.mode === "payment") countReduction(unit, details);
  world.due.drop("checkout.expire", session.id);
  world.checkoutDetails.replace({ ...details, pending: null });
  const waits = ready && world.paymentIntents.get(ready.id)?.status === "processing";
  return change(
    unit,
    world.sessions,
    world.sessions.get(sessionId) ?? session,
    {
      ...bought,
      collected_information: { business_name: null, individual_name: null, shipping_details: shipping },
      custom_fields: answered(session.custom_fields, buyer.answers ?? {}),
      customer: customer?.id ?? null,
      customer_details: customerDetails(buyer),
      payment_status: waits ? "unpaid" : ready ? "paid" : "no_payment_required",
      status: "complete",
      url: null,
    },
    "checkout.session.completed",
  );
}

/**
 * Nothing is due now: a trial begins, or the card is only saved. The bank may refuse that or ask for approval; whether
 * it will let the card be charged later shows then.
 */
function submitFree(
  unit: Unit,
  session: CheckoutSession,
  details: CheckoutDetails,
  method: PaymentMethod,
  buyer: Buyer,
): CheckoutOutcome {
  const behavior = unit.world.cards.get(method.id)?.behavior;
  if (behavior?.refusedAtOnce) {
    return declined(declineFor(behavior.refusedAtOnce));
  }
  if (behavior?.approval === "never") return completed(unit, session.id, method, buyer, false);
  unit.world.checkoutDetails.replace({ ...details, pending: { methodId: method.id, buyer } });
  return { outcome: "needs_approval" };
}

function saveOnly(unit: Unit, session: CheckoutSession, method: PaymentMethod): Partial<CheckoutSession> {
  const setup = unit.world.setupIntents.get(idOf(session.setup_intent) ?? "");
  if (setup) saveCard(unit, setup, method);
  return {};
}

/** A single payment takes its coupon off without a discount that would stay: the redemption is counted all the same. */
function countReduction(unit: Unit, { couponId, promotionCodeId }: CheckoutDetails): void {
  const coupon = unit.world.coupons.get(couponId ?? "");
  const code = unit.world.promotionCodes.get(promotionCodeId ?? "");
  if (coupon) countUse(unit, coupon);
  if (code) countRedemption(unit, code);
}

function payOnce(
  unit: Unit,
  intent: PaymentIntent,
  method: PaymentMethod,
  approved: boolean,
): Partial<CheckoutSession> {
  const paid = pay(unit, intent, method, { approved, offSession: false });
  if (paid.outcome !== "succeeded" && paid.outcome !== "processing")
    throw new Error(`payment ${intent.id} was judged payable and ended as ${paid.outcome}`);
  return { payment_intent: intent.id };
}
