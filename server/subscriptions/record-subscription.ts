import { eq } from "drizzle-orm";
import { invoices, subscriptions } from "../../drizzle/schema/subscriptions.ts";
import { findPlanSoldAs } from "../entitlements/index.ts";
import { resolveAlert } from "../kernel/alert.ts";
import { alongsideOf } from "../kernel/alongside.ts";
import { changed } from "../kernel/changed.ts";
import type { Tx } from "../kernel/db.ts";
import { emit } from "../kernel/event.ts";
import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import { begin, converge } from "../kernel/machine.ts";
import { send } from "../kernel/send.ts";
import { writtenOnce } from "../kernel/written-once.ts";
import { providerCurrency } from "../payments/index.ts";
import { nextCheckAt } from "./check-schedule.ts";
import type { SubscriptionFacts } from "./gateway.ts";
import { graceDaysOf, graceOf, isOverdue } from "./grace.ts";
import { SECOND_TRIAL_ALERT } from "./second-trial-alert.ts";
import { subscriptionMachine } from "./subscription-status.ts";
import { trialNoticeAt } from "./trial-notice.ts";

export type Membership = typeof subscriptions.$inferSelect;

/** The purchase that began a membership: who, which order and product, and the receipt of its price. */
export type MembershipPurchase = {
  readonly customerId: string;
  readonly orderId: string;
  readonly productId: string;
  readonly priceReceiptId: string;
  /** Of an organization's plan: whose, and the version it was bought at; null: a person's membership. */
  readonly plan: { readonly organizationId: string; readonly planVersionId: string } | null;
};

/**
 * Brings our copy of a membership to what Stripe holds: period, price, end and status. Returns our id. A purchase makes
 * the row when it is missing; whoever holds our copy locked gives that. Idempotent by Stripe's id; the caller serialises looks (`applyLook`). Every state on the way
 * emits `subscription.<event>`; another plan than before emits `subscription.plan_changed`, more or fewer extra seats
 * `subscription.seats_changed`, another card of one that is overdue `subscription.card_changed`, and another sum that is kept
 * for the payer `subscription.balance_changed`.
 */
export async function recordSubscription(
  tx: Tx,
  facts: SubscriptionFacts,
  from: MembershipPurchase | Membership,
  cause: string,
): Promise<string> {
  const seen = {
    currency: providerCurrency(facts.currency),
    amount: facts.amount,
    quantity: facts.quantity,
    includedSeats: facts.includedSeats,
    seatAmount: facts.seatAmount,
    extraSeats: extraSeatsOf(facts),
    interval: facts.interval,
    intervalCount: facts.intervalCount,
    currentPeriodStartAt: facts.currentPeriodStartAt,
    currentPeriodEndAt: facts.currentPeriodEndAt,
    cancelAt: facts.cancelAt,
    anchorAt: facts.anchorAt,
    pauseAt: facts.pauseAt,
    resumeAt: facts.resumeAt,
    startedAt: facts.startedAt,
    endedAt: facts.endedAt,
    trialEndAt: facts.trialEndAt,
    trialWithoutCard: facts.trialWithoutCard ?? null,
    nextCheckAt: nextCheckAt(facts, tx.scope.now),
    ...keptDiscount(facts),
    ...keptMoney(facts),
  };
  const trialed = facts.trialEndAt !== null;
  const known = "stripeSubscriptionId" in from ? from : await findMembership(tx, facts.externalId);
  const id = known?.id ?? newId("sub");
  const planVersionId = "plan" in from ? (from.plan?.planVersionId ?? null) : from.planVersionId;
  const graceDays = isOverdue(facts.status) ? await graceDaysOf(tx, known ?? { ...from, planVersionId }) : 0;
  const grace = graceOf(facts.status, known, graceDays, tx.scope.now);
  const { status } = facts;
  const card = facts.cardId === undefined ? {} : { stripeCardId: facts.cardId };
  if (known) {
    const moved = known.trialEndAt?.getTime() !== facts.trialEndAt?.getTime();
    // Free time that staff give a member who pays is no trial, and is told of by a mail of its own.
    const given = known.status !== "incomplete" && known.status !== "trialing";
    const notice = moved ? { trialNoticeAt: given ? null : trialNoticeAt(facts) } : {};
    const trial = trialed && known.status === "incomplete" ? { hadTrial: true } : {};
    const other = changed(known, { ...seen, ...notice, ...grace, ...card, ...trial });
    if (other && known.status === status) send(tx, tx.update(subscriptions).set(other).where(eq(subscriptions.id, id)));
    const alongside = other ? { alongside: alongsideOf(subscriptions, other) } : {};
    await converge(tx, subscriptionMachine, { id, to: status, cause, held: known.status, ...alongside });
  } else {
    invariant("plan" in from, "what is held is known");
    const { plan, ...bought } = from;
    const row = {
      id,
      ...bought,
      ...plan,
      ...seen,
      ...grace,
      ...card,
      trialNoticeAt: trialNoticeAt(facts),
      hadTrial: trialed,
      stripeSubscriptionId: facts.externalId,
      status,
      createdAt: tx.scope.now,
    };
    send(tx, tx.insert(subscriptions).values(row));
    await begin(tx, subscriptionMachine, { id, cause, to: status });
  }
  if (known?.trialRefused && facts.endedAt) await resolveAlert(tx, { kind: SECOND_TRIAL_ALERT, subject: id });
  // One that came before the refusal was known may be the very one that was refused.
  const waits = known !== null && (isOverdue(known.status) || facts.status === "paused");
  if (known && waits && facts.cardId && facts.cardId !== known.stripeCardId)
    await emit(tx, { name: "subscription.card_changed", id });
  if (known && facts.balanceAmount !== undefined && facts.balanceAmount !== known.balanceAmount)
    await emit(tx, { name: "subscription.balance_changed", id });
  if (known?.organizationId) await followPlan(tx, known, facts.productExternalId);
  if (known?.organizationId && known.extraSeats !== seen.extraSeats)
    await emit(tx, { name: "subscription.seats_changed", id });
  return id;
}

/** The seats that are paid for beyond those that the price is for. */
function extraSeatsOf({ quantity, includedSeats }: SubscriptionFacts): number {
  return includedSeats === null ? 0 : Math.max(0, quantity - includedSeats);
}

/** Where it was looked at: who is charged, what waits for the next invoice, and what is kept for the payer. */
function keptMoney({ customerExternalId, carriedAmount, balanceAmount }: SubscriptionFacts) {
  return {
    stripeCustomerId: customerExternalId,
    ...(carriedAmount === undefined ? {} : { carriedAmount }),
    ...(balanceAmount === undefined ? {} : { balanceAmount }),
  };
}

/** Where the discount was looked at, what is kept of it. */
function keptDiscount({ discount }: SubscriptionFacts) {
  if (discount === undefined) return {};
  const { bps = null, amount = null, untilAt = null } = discount ?? {};
  return { discountBps: bps, discountAmount: amount, discountUntilAt: untilAt };
}

/** An organization that is on another plan at the provider (its portal, staff there) is on the version of it that is on sale. */
async function followPlan(tx: Tx, known: Membership, productExternalId: string | null): Promise<void> {
  const sold = productExternalId === null ? null : await findPlanSoldAs(tx, productExternalId);
  if (!sold || sold.productId === known.productId) return;
  const { productId, planVersionId } = sold;
  await tx.update(subscriptions).set({ productId, planVersionId }).where(eq(subscriptions.id, known.id));
  await emit(tx, { name: "subscription.plan_changed", id: known.id });
}

/** Our copy of a membership by Stripe's id, locked until the transaction ends; null when there is none. */
export async function findMembership(tx: Tx, stripeSubscriptionId: string): Promise<Membership | null> {
  const [row] = await membershipHeld(tx, { stripeSubscriptionId });
  return row ?? null;
}

const membershipHeld = writtenOnce(["stripeSubscriptionId"], (tx, { stripeSubscriptionId }) =>
  tx.select().from(subscriptions).where(eq(subscriptions.stripeSubscriptionId, stripeSubscriptionId)).for("update"),
);

/** Whether an invoice of Stripe's is one of ours. */
export async function isKnownInvoice(tx: Tx, stripeInvoiceId: string): Promise<boolean> {
  return (await invoicesOf(tx, { stripeInvoiceId })).length > 0;
}

const invoicesOf = writtenOnce(["stripeInvoiceId"], (tx, { stripeInvoiceId }) =>
  tx.select({ id: invoices.id }).from(invoices).where(eq(invoices.stripeInvoiceId, stripeInvoiceId)),
);

/** Whether a membership of Stripe's is one of ours. */
export async function isKnownMembership(tx: Tx, stripeSubscriptionId: string): Promise<boolean> {
  return (await membershipsOf(tx, { stripeSubscriptionId })).length > 0;
}

const membershipsOf = writtenOnce(["stripeSubscriptionId"], (tx, { stripeSubscriptionId }) =>
  tx
    .select({ id: subscriptions.id })
    .from(subscriptions)
    .where(eq(subscriptions.stripeSubscriptionId, stripeSubscriptionId)),
);
