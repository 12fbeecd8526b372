import { and, eq, inArray, isNotNull, ne, or } from "drizzle-orm";
import { carts, checkouts } from "../../drizzle/schema/checkout.ts";
import { providerCustomers } from "../../drizzle/schema/identity.ts";
import { orders } from "../../drizzle/schema/orders.ts";
import { organizations } from "../../drizzle/schema/organizations.ts";
import { priceReceipts } from "../../drizzle/schema/pricing.ts";
import { findOrCreateGuestCustomer } from "../identity/index.ts";
import { consumeStock } from "../inventory/index.ts";
import { raiseAlert } from "../kernel/alert.ts";
import type { Tx } from "../kernel/db.ts";
import { type DomainError, ProviderError } from "../kernel/errors.ts";
import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import { transition } from "../kernel/machine.ts";
import { send } from "../kernel/send.ts";
import { placeOrder, type Settlement, settleOrder } from "../orders/index.ts";
import { recordPayment } from "../payments/index.ts";
import {
  beginTrial,
  endForClosed,
  findMembership,
  holdTrials,
  recordInvoice,
  recordSubscription,
  settleChanges,
  trialCardOf,
} from "../subscriptions/index.ts";
import { checkoutMachine } from "./checkout-status.ts";
import type { Checkout } from "./find-checkout.ts";
import type { SessionFacts } from "./gateway.ts";
import { grantPurchase, type PurchaseGrant } from "./grant-purchase.ts";
import { closeOtherPages } from "./open-page.ts";
import { findRunningPlan } from "./runs-plan.ts";

/** A payment that takes days is asked about this often, should no webhook tell of it. */
const LATE_PAYMENT_CHECK_MS = 60 * 60_000;

/**
 * Writes everything that follows a completed payment page that matches its purchase: customer, order, payment,
 * membership, invoice; the cart becomes the order, and its goods leave the shelves. The caller holds the checkout locked and the look in order. Credits
 * that were paid for are granted. A second trial of the same person or card is ended, and so is the plan of a company that was closed while its
 * page was open. Idempotent. Returns what happened in one sentence, and what was granted.
 */
export async function completeCheckout(tx: Tx, checkout: Checkout, facts: SessionFacts): Promise<Applied> {
  requireWhole(checkout, facts);
  const cause = `payment page ${facts.sessionId}`;
  const customerId = await customerOf(tx, checkout, facts);
  const email = facts.email ?? checkout.email;
  invariant(email, "a completed payment page has the buyer's address");
  const orderId = await placeOrder(
    tx,
    {
      checkoutId: checkout.id,
      accessTokenHash: checkout.accessTokenHash,
      customerId,
      email,
      locale: checkout.locale,
      currency: checkout.currency,
      lines: checkout.lines,
      shippingAddress: facts.shippingAddress,
      organizationId: checkout.organizationId,
    },
    cause,
  );
  if (facts.payment) await recordPayment(tx, facts.payment, { customerId, orderId, invoiceId: null }, cause);
  if (facts.subscription) await recordMembership(tx, checkout, facts, { customerId, orderId }, cause);
  const { status, moved } = await settleOrder(tx, orderId, settlementOf(facts, tx.scope.now), cause);
  await closeCheckout(tx, checkout, facts, { awaiting: status === "awaiting_payment", cause });
  if (moved && status === "cancelled") await reopenCart(tx, checkout.cartId);
  // Last: the cart is locked before the stock, as it is when a payment page is opened.
  await consumeStock(tx, { checkoutId: checkout.id, orderId, lines: checkout.lines });
  const effect = `Order ${orderId} is ${status.replace("_", " ")}.`;
  if (status === "awaiting_payment" || status === "cancelled") return { effect, granted: null };
  const granted = await grantPurchase(tx, checkout, { orderId, customerId });
  return { effect: granted ? `${effect} ${granted.credits} credits were granted.` : effect, granted };
}

/** What a look at a payment page came to. */
export type Applied = {
  readonly effect: string;
  readonly granted: PurchaseGrant | null;
  /** It names another buyer than the purchase does, or none: nothing was fulfilled. */
  readonly refusal?: DomainError;
  /** Its membership and invoice, where it has them, were written whole. */
  readonly fulfilled?: boolean;
};

/** A completed page whose payment or membership Stripe does not name yet is looked at again, never half written. */
function requireWhole(checkout: Checkout, facts: SessionFacts): void {
  const missing =
    checkout.mode === "subscription" ? !facts.subscription || !facts.invoice : facts.totalAmount > 0 && !facts.payment;
  if (missing)
    throw new ProviderError("stripe", "unavailable", "The completed payment page does not name its payment yet.");
}

/** The account that was signed in; else whoever has proven the address; else the guest of that address. */
async function customerOf(tx: Tx, checkout: Checkout, facts: SessionFacts): Promise<string> {
  const customerId = checkout.customerId ?? (await guestOf(tx, checkout, facts));
  if (facts.stripeCustomerId) {
    await tx
      .insert(providerCustomers)
      .values({
        id: newId("pcu"),
        provider: "stripe",
        externalId: facts.stripeCustomerId,
        customerId,
        reusable: checkout.customerId !== null && checkout.organizationId === null,
        organizationId: checkout.organizationId,
        createdAt: tx.scope.now,
      })
      .onConflictDoNothing();
  }
  return customerId;
}

async function guestOf(tx: Tx, checkout: Checkout, facts: SessionFacts): Promise<string> {
  // A guest's purchase may have been claimed since it was first written.
  const [order] = await tx
    .select({ customerId: orders.customerId })
    .from(orders)
    .where(eq(orders.checkoutId, checkout.id));
  if (order) return order.customerId;
  invariant(facts.email, "a completed payment page has the buyer's address");
  const found = await findOrCreateGuestCustomer(tx, { email: facts.email, name: facts.name, locale: checkout.locale });
  const receipts = checkout.lines.map((line) => line.priceReceiptId);
  await tx.update(priceReceipts).set({ customerId: found.customerId }).where(inArray(priceReceipts.id, receipts));
  return found.customerId;
}

async function recordMembership(
  tx: Tx,
  checkout: Checkout,
  facts: SessionFacts,
  owner: { customerId: string; orderId: string },
  cause: string,
): Promise<void> {
  const line = checkout.lines.find(({ part }) => part === undefined);
  invariant(line && facts.subscription, "a membership is bought alone");
  const { productId, priceReceiptId, taxRateBps } = line;
  const trial = facts.subscription.trialEndAt !== null;
  const card = trialCardOf(facts.subscription);
  const taker = { customerId: owner.customerId, organizationId: checkout.organizationId, card };
  if (trial) await holdTrials(tx, taker);
  const known = await findMembership(tx, facts.subscription.externalId);
  const subscriptionId = await recordSubscription(
    tx,
    facts.subscription,
    { ...owner, productId, priceReceiptId, plan: planOf(checkout) },
    cause,
  );
  if (checkout.organizationId) {
    // Once: a later look changes nothing of who was made to pay since.
    if (known === null) await payFor(tx, checkout.organizationId, owner.customerId);
    const other = await findRunningPlan(tx, checkout.organizationId, subscriptionId);
    if (other)
      await raiseAlert(tx, {
        kind: "checkout.paid_twice",
        subject: checkout.id,
        detail: `Organization ${checkout.organizationId} pays for two plans, ${other} and ${subscriptionId}. Ask which is meant; end and refund the other.`,
      });
  }
  if (facts.invoice)
    await recordInvoice(tx, facts.invoice, { ...owner, subscriptionId, taxRateBps: () => taxRateBps }, cause);
  await settleChanges(tx, facts.subscription, cause);
  const runs = facts.subscription.status === "active" || facts.subscription.status === "trialing";
  if (runs && checkout.organizationId && (await isClosed(tx, checkout.organizationId)))
    return endForClosed(tx, subscriptionId);
  // Only the one that begins now: what began before it is not the second because another has come since.
  const begins = trial && (known === null || known.status === "incomplete");
  if (begins) await beginTrial(tx, subscriptionId, taker);
}

function settlementOf(facts: SessionFacts, now: Date): Settlement {
  const payment = facts.payment ?? facts.invoice?.payment ?? null;
  if (facts.paymentStatus !== "unpaid") return { outcome: "paid", paidAt: payment?.paidAt ?? now };
  return payment?.status === "failed" || payment?.status === "cancelled"
    ? { outcome: "failed" }
    : { outcome: "waiting" };
}

async function closeCheckout(
  tx: Tx,
  checkout: Checkout,
  facts: SessionFacts,
  { awaiting, cause }: { awaiting: boolean; cause: string },
): Promise<void> {
  const nextCheckAt = awaiting ? new Date(tx.scope.now.getTime() + LATE_PAYMENT_CHECK_MS) : null;
  const seen = { stripeSessionId: facts.sessionId, nextCheckAt, failureCode: null };
  send(tx, tx.update(checkouts).set(seen).where(eq(checkouts.id, checkout.id)));
  if (checkout.status === "completed") return;
  await transition(tx, checkoutMachine, { id: checkout.id, event: "completed", cause });
  send(tx, tx.update(carts).set({ status: "ordered", updatedAt: tx.scope.now }).where(eq(carts.id, checkout.cartId)));
  await alertPaidTwice(tx, checkout);
  await closeOtherPages(tx, checkout.cartId, checkout.id);
}

/** Two pages of one cart were paid on before the other could be closed: both orders stand until a person has asked. */
async function alertPaidTwice(tx: Tx, checkout: Checkout): Promise<void> {
  const [other] = await tx
    .select({ number: orders.number })
    .from(orders)
    .innerJoin(checkouts, eq(checkouts.id, orders.checkoutId))
    .where(and(eq(checkouts.cartId, checkout.cartId), ne(checkouts.id, checkout.id), ne(orders.status, "cancelled")))
    .limit(1);
  if (!other) return;
  await raiseAlert(tx, {
    kind: "checkout.paid_twice",
    subject: checkout.id,
    detail: `The same cart was paid for on two payment pages; the other order is ${other.number}. Ask the buyer, and refund one.`,
  });
}

/** The money did not come after all: the goods lie in the cart again, unless the buyer has begun another one. */
async function reopenCart(tx: Tx, cartId: string): Promise<void> {
  const [cart] = await tx
    .select()
    .from(carts)
    .where(and(eq(carts.id, cartId), eq(carts.status, "ordered")))
    .for("update");
  if (!cart) return;
  const same = or(
    eq(carts.accessTokenHash, cart.accessTokenHash),
    cart.customerId && !cart.direct ? and(eq(carts.customerId, cart.customerId), eq(carts.direct, false)) : undefined,
  );
  const begun = await tx
    .select({ id: carts.id })
    .from(carts)
    .where(and(eq(carts.status, "open"), same));
  if (begun.length > 0) return;
  const reopened = { status: "open" as const, version: cart.version + 1, updatedAt: tx.scope.now };
  await tx.update(carts).set(reopened).where(eq(carts.id, cartId));
}

function planOf({ organizationId, planVersionId }: Checkout): { organizationId: string; planVersionId: string } | null {
  return organizationId !== null && planVersionId !== null ? { organizationId, planVersionId } : null;
}

async function isClosed(tx: Tx, organizationId: string): Promise<boolean> {
  const found = await tx
    .select({ id: organizations.id })
    .from(organizations)
    .where(and(eq(organizations.id, organizationId), isNotNull(organizations.closedAt)));
  return found.length > 0;
}

/** Whoever bought an organization's plan is who pays for it. */
async function payFor(tx: Tx, organizationId: string, customerId: string): Promise<void> {
  await tx.update(organizations).set({ billingCustomerId: customerId }).where(eq(organizations.id, organizationId));
}
