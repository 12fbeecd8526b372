import { asc, desc, eq } from "drizzle-orm";
import { products, type TrialWithoutCard } from "../../drizzle/schema/catalog.ts";
import { checkouts } from "../../drizzle/schema/checkout.ts";
import { orders } from "../../drizzle/schema/orders.ts";
import { paymentAttempts, payments } from "../../drizzle/schema/payments.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import { readBalance } from "../credits/index.ts";
import { customerOf, holding } from "../kernel/actor.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { hashToken } from "../kernel/id.ts";
import type { DeclineClass } from "../messaging/index.ts";
import { declineClass } from "../payments/index.ts";
import { trialNoticeDays } from "../pricing/index.ts";
import { trialDaysOf } from "./checkout-plan.ts";
import { checkoutErrors } from "./errors.ts";
import type { Checkout } from "./find-checkout.ts";
import { type ReturnState, returnState } from "./return-state.ts";

/** Everything the page after the payment page shows. Amounts in minor units, tax included. */
export type ReturnView = {
  readonly state: ReturnState;
  readonly mode: "payment" | "subscription";
  /** Whose plan it is; null: a person bought something for themselves. */
  readonly organizationId: string | null;
  readonly currency: string;
  readonly totalAmount: number;
  readonly email: string | null;
  readonly lines: readonly { readonly name: string; readonly quantity: number; readonly totalAmount: number }[];
  /** The payment page, while it can still be paid on. */
  readonly url: string | null;
  /** Where the purchase began: the way back to the cart or the card. */
  readonly backPath: string;
  readonly startedAt: Date;
  readonly order: { readonly id: string; readonly number: string; readonly placedAt: Date } | null;
  readonly payment: { readonly brand: string | null; readonly last4: string | null } | null;
  /** Why the bank said no, when it did. */
  readonly declineClass: DeclineClass | null;
  readonly membership: {
    readonly productName: string;
    readonly nextPaymentAt: Date | null;
    readonly nextAmount: number;
    /** How many days before the trial ends that is told by mail; null: no trial runs. */
    readonly trialNoticeDays: number | null;
    /** What comes then as long as there is no card; null: there is one. */
    readonly withoutCard: TrialWithoutCard | null;
    /** It is ended, since the buyer had a trial before: nothing is charged, and what was paid is paid back. */
    readonly trialRefused: boolean;
  } | null;
  /** Credits that it bought, and what the one who is signed in can spend now; null where it bought none. */
  readonly credits: { readonly bought: number; readonly available: number | null } | null;
  /** What has been done so far; `membership` null where there is none. */
  readonly steps: { readonly payment: boolean; readonly membership: boolean | null; readonly receipt: boolean };
};

/** The purchase that a link names, as its buyer sees it. Only looks. Throws `checkout.not_found`. */
export async function readReturn(ctx: Ctx, { ref }: { ref: string }): Promise<ReturnView> {
  return ctx.db.transaction(async (tx) => viewOf(tx, await findByRef(tx, ref), customerOf(ctx.actor)), {
    as: holding(ctx.actor, ref),
    readOnly: true,
  });
}

/** The purchase whose bearer token this is. Throws `checkout.not_found`. */
export async function findByRef(tx: Tx, ref: string): Promise<Checkout> {
  const [checkout] = await tx
    .select()
    .from(checkouts)
    .where(eq(checkouts.accessTokenHash, hashToken(ref)));
  if (!checkout) throw checkoutErrors.notFound();
  return checkout;
}

async function viewOf(tx: Tx, checkout: Checkout, viewerId: string | null): Promise<ReturnView> {
  const { order, payment, membership } = await boughtBy(tx, checkout);
  const state = returnState({
    checkout: checkout.status,
    mode: checkout.mode,
    failureCode: checkout.failureCode,
    beingAsked: checkout.nextCheckAt !== null && checkout.nextCheckAt <= tx.scope.now,
    order: order?.status ?? null,
    payment: payment?.status ?? null,
    membership: membership?.subscription.status ?? null,
  });
  const paid = order !== null && (order.status === "confirmed" || order.status === "completed");
  const declined = checkout.failureCode ?? (payment ? await lastDecline(tx, payment.id) : null);
  return {
    state,
    mode: checkout.mode,
    organizationId: checkout.organizationId,
    currency: checkout.currency,
    totalAmount: checkout.totalAmount,
    email: order?.email ?? checkout.email,
    lines: checkout.lines.map(({ name, quantity, unitAmount }) => ({
      name,
      quantity,
      totalAmount: unitAmount * quantity,
    })),
    url: checkout.status === "open" && checkout.expiresAt > tx.scope.now ? checkout.url : null,
    backPath: checkout.cancelPath,
    startedAt: checkout.createdAt,
    order: order && { id: order.id, number: order.number, placedAt: order.placedAt },
    payment: payment && { brand: payment.cardBrand, last4: payment.cardLast4 },
    declineClass: state === "failed" && declined !== null ? declineClass(declined) : null,
    membership: membership && {
      productName: membership.name[checkout.locale],
      nextPaymentAt: membership.subscription.currentPeriodEndAt,
      nextAmount: membership.subscription.amount,
      trialNoticeDays:
        membership.subscription.status === "trialing" ? trialNoticeDays(trialDaysOf(checkout.lines)) : null,
      trialRefused: membership.subscription.trialRefused,
      withoutCard: membership.subscription.stripeCardId === null ? membership.subscription.trialWithoutCard : null,
    },
    credits: await creditsOf(tx, checkout, viewerId),
    steps: {
      payment: paid,
      membership: checkout.mode === "subscription" ? state === "done" : null,
      receipt: state === "done",
    },
  };
}

/** Their balance is told to nobody but their owner, whoever holds the link. */
async function creditsOf(tx: Tx, checkout: Checkout, viewerId: string | null): Promise<ReturnView["credits"]> {
  const bought = checkout.lines.reduce((sum, line) => sum + (line.credits?.perUnit ?? 0) * line.quantity, 0);
  if (bought === 0) return null;
  const own = viewerId !== null && viewerId === checkout.customerId;
  return { bought, available: own ? (await readBalance(tx, { customerId: viewerId })).available : null };
}

async function boughtBy(tx: Tx, checkout: Checkout) {
  const [order] = await tx.select().from(orders).where(eq(orders.checkoutId, checkout.id));
  if (!order) return { order: null, payment: null, membership: null };
  const [payment] = await tx
    .select()
    .from(payments)
    .where(eq(payments.orderId, order.id))
    .orderBy(asc(payments.createdAt));
  const [membership] = await tx
    .select({ subscription: subscriptions, name: products.name })
    .from(subscriptions)
    .innerJoin(products, eq(products.id, subscriptions.productId))
    .where(eq(subscriptions.orderId, order.id));
  return { order, payment: payment ?? null, membership: membership ?? null };
}

async function lastDecline(tx: Tx, paymentId: string): Promise<string | null> {
  const [attempt] = await tx
    .select({ code: paymentAttempts.declineCode })
    .from(paymentAttempts)
    .where(eq(paymentAttempts.paymentId, paymentId))
    .orderBy(desc(paymentAttempts.at), desc(paymentAttempts.id))
    .limit(1);
  return attempt?.code ?? null;
}
