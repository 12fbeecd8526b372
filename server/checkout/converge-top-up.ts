import { eq } from "drizzle-orm";
import { carts, checkouts } from "../../drizzle/schema/checkout.ts";
import { raiseAlert } from "../kernel/alert.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { ProviderError } from "../kernel/errors.ts";
import { invariant } from "../kernel/invariant.ts";
import { applyLook } from "../kernel/look.ts";
import { transition } from "../kernel/machine.ts";
import { placeOrder, settleOrder } from "../orders/index.ts";
import { type PaymentFacts, type PaymentGateway, recordPayment } from "../payments/index.ts";
import type { CardCharger } from "./card-charger.ts";
import { chargeAge } from "./charge-age.ts";
import { checkoutMachine } from "./checkout-status.ts";
import type { Also } from "./converge-checkout.ts";
import { type Checkout, findCheckout } from "./find-checkout.ts";
import { grantPurchase, type PurchaseGrant } from "./grant-purchase.ts";
import { letTopUpGo } from "./let-top-up-go.ts";
import type { PagePorts } from "./open-page.ts";
import { findCreditSettings } from "./read-credit-settings.ts";
import { stopTopUp } from "./stop-top-up.ts";

export type TopUpPorts = PagePorts & { readonly cardCharger: CardCharger; readonly payments: PaymentGateway };

/** A payment that is still under way is asked about this often, should no webhook tell of it. */
const LOOK_MS = 60_000;
const MONEY_CAME: readonly string[] = ["paid", "partially_refunded", "refunded", "disputed"];

/**
 * Brings a purchase that is charged without a page to what the provider holds: sends its charge, or where it may have been
 * sent before looks for the payment first, and in one transaction makes the order, its payment and the credits, or notes that the bank said
 * no and stops further charges. Idempotent in any order: looks are put in order, and the charge's key makes it one. Worker
 * only. Throws ProviderError while the outcome is not known.
 */
export async function convergeTopUp(
  ctx: Ctx<TopUpPorts>,
  checkout: Checkout,
  also: Also = async () => {},
  options: { readonly neverSent?: boolean } = {},
): Promise<void> {
  const known = checkout.paymentExternalId ?? (options.neverSent ? null : await findCharge(ctx, checkout));
  if (known === null && !options.neverSent && (await isOutdated(ctx, checkout, also))) return;
  const paymentId = known ?? (await sendCharge(ctx, checkout));
  if (paymentId === null) {
    await ctx.db.transaction((tx) => also(tx, "No payment was made for this purchase."));
    return;
  }
  await applyLook<PaymentFacts | null, void>(ctx, {
    look: () => ctx.providers.payments.findPayment(paymentId),
    subjects: () => [`checkout:${checkout.id}`],
    apply: async (tx, facts) => {
      const { effect, granted } = await apply(ctx, tx, checkout.id, facts);
      await also(tx, effect, granted ?? undefined);
    },
    superseded: (tx) => also(tx, "Nothing was left to do: the purchase was brought up to date meanwhile."),
  });
}

/**
 * Whether a charge that never arrived is not sent any more: its owner has switched top-ups off or they stopped meanwhile, or
 * it is older than what its owner would still recognize. It is let go then, and decided anew.
 */
async function isOutdated(ctx: Ctx<TopUpPorts>, checkout: Checkout, also: Also): Promise<boolean> {
  const { id, customerId, createdAt } = checkout;
  if (checkout.status !== "created" && checkout.status !== "unknown") return false;
  return ctx.db.transaction(async (tx) => {
    const settings = customerId === null ? null : await findCreditSettings(tx, customerId);
    const wanted = settings?.topUp === true && settings.stoppedAt === null;
    const age = wanted ? chargeAge(createdAt, tx.scope.now) : "outdated";
    if (age === "fresh") return false;
    if (age === "outdated") await letTopUpGo(tx, id);
    else
      await tx
        .update(checkouts)
        .set({ nextCheckAt: soon(tx) })
        .where(eq(checkouts.id, id));
    await also(tx, "No payment was made for this purchase, and none is tried any more.");
    return true;
  });
}

/**
 * The payment of a charge that was sent before, whatever we thought became of it: its key is forgotten by the provider after
 * a day, and sent again it would be charged twice; and one that was refused the second time may have been made the first.
 */
async function findCharge(ctx: Ctx<TopUpPorts>, { id, stripeCustomerId, createdAt }: Checkout): Promise<string | null> {
  if (stripeCustomerId === null) return null;
  const sent = { checkoutId: id, stripeCustomerId, since: createdAt };
  const found = await ctx.providers.cardCharger.findCharge(sent);
  return found === null ? null : keepPayment(ctx, id, found);
}

async function keepPayment(ctx: Ctx<TopUpPorts>, id: string, paymentExternalId: string): Promise<string> {
  await ctx.db.transaction((tx) => tx.update(checkouts).set({ paymentExternalId }).where(eq(checkouts.id, id)));
  return paymentExternalId;
}

async function sendCharge(ctx: Ctx<TopUpPorts>, checkout: Checkout): Promise<string | null> {
  const { id, idempotencyKey, totalAmount: amount, currency, topUpCard, stripeCustomerId, creditPointer } = checkout;
  if (checkout.status !== "created" && checkout.status !== "unknown") return null;
  invariant(topUpCard && stripeCustomerId && creditPointer, "a top-up names its card and its owner");
  const description = checkout.lines.map((line) => line.name).join(", ");
  const asked = { idempotencyKey, checkoutId: id, userId: creditPointer.userId, amount, currency, description };
  try {
    const made = await ctx.providers.cardCharger.charge({ ...asked, stripeCustomerId, cardId: topUpCard });
    return await keepPayment(ctx, id, made.paymentExternalId);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (error.reason === "rejected") {
      await ctx.db.transaction((tx) => fail(tx, id, error.code ?? "rejected"));
      return null;
    }
    if (error.reason === "unknown_outcome" && checkout.status === "created") {
      await ctx.db.transaction(async (tx) => {
        await tx
          .update(checkouts)
          .set({ nextCheckAt: soon(tx) })
          .where(eq(checkouts.id, id));
        await transition(tx, checkoutMachine, { id, event: "outcome_unknown", cause: error.code ?? error.message });
      });
    }
    throw error;
  }
}

type Outcome = { readonly effect: string; readonly granted: PurchaseGrant | null };

async function apply(ctx: Ctx<TopUpPorts>, tx: Tx, id: string, facts: PaymentFacts | null): Promise<Outcome> {
  const checkout = await findCheckout(tx, id, { lock: true });
  const wrong = facts === null || facts.amount !== checkout.totalAmount || facts.currency !== checkout.currency;
  if (wrong || facts.checkoutId !== id || facts.livemode !== ctx.providers.checkout.livemode) {
    await tx.update(checkouts).set({ failureCode: "mismatch", nextCheckAt: null }).where(eq(checkouts.id, id));
    const detail = `The payment ${checkout.paymentExternalId} does not match its purchase. Nothing was fulfilled.`;
    await raiseAlert(tx, { kind: "checkout.mismatch", subject: id, detail });
    if (checkout.customerId) await stopTopUp(tx, { customerId: checkout.customerId, reason: "mismatch" });
    return { effect: "Nothing was fulfilled, and an alert was raised.", granted: null };
  }
  if (MONEY_CAME.includes(facts.status)) return complete(tx, checkout, facts);
  if (facts.status === "failed" || facts.status === "cancelled" || facts.status === "requires_action") {
    await fail(tx, id, facts.failureCode ?? facts.status);
    return { effect: "The saved card was not charged; nothing more is tried by itself.", granted: null };
  }
  await tx
    .update(checkouts)
    .set({ nextCheckAt: soon(tx) })
    .where(eq(checkouts.id, id));
  return { effect: "The bank is still working on the payment.", granted: null };
}

async function complete(tx: Tx, checkout: Checkout, facts: PaymentFacts): Promise<Outcome> {
  const { id, customerId, email, accessTokenHash, accessTokenSealed, locale, currency, lines } = checkout;
  invariant(customerId && email, "a top-up has an owner with an address");
  const cause = `payment ${facts.externalId}`;
  const purchase = { checkoutId: id, accessTokenHash, accessTokenSealed, customerId, email, locale, currency, lines };
  const orderId = await placeOrder(tx, { ...purchase, shippingAddress: null, organizationId: null }, cause);
  await recordPayment(tx, facts, { customerId, orderId, invoiceId: null }, cause);
  const paidAt = facts.paidAt ?? tx.scope.now;
  const { status } = await settleOrder(tx, orderId, { outcome: "paid", paidAt }, cause);
  if (checkout.status !== "completed") {
    await tx.update(checkouts).set({ nextCheckAt: null, failureCode: null }).where(eq(checkouts.id, id));
    await transition(tx, checkoutMachine, { id, event: "completed", cause });
    await tx.update(carts).set({ status: "ordered", updatedAt: tx.scope.now }).where(eq(carts.id, checkout.cartId));
  }
  const granted = status === "cancelled" ? null : await grantPurchase(tx, checkout, { orderId, customerId });
  return { effect: `Order ${orderId} was charged to the saved card.`, granted };
}

async function fail(tx: Tx, id: string, code: string): Promise<void> {
  const checkout = await findCheckout(tx, id, { lock: true });
  if (checkout.status !== "created" && checkout.status !== "unknown") return;
  await tx.update(checkouts).set({ failureCode: code, nextCheckAt: null }).where(eq(checkouts.id, id));
  await transition(tx, checkoutMachine, { id, event: "rejected", cause: code });
  const approval = code === "authentication_required" || code === "requires_action";
  if (checkout.customerId)
    await stopTopUp(tx, { customerId: checkout.customerId, reason: approval ? "approval" : "declined" });
}

function soon(tx: Tx): Date {
  return new Date(tx.scope.now.getTime() + LOOK_MS);
}
