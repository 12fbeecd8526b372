import type { Ctx } from "../kernel/ctx.ts";
import type { Providers } from "../ports.ts";

// What Stripe holds now, in a few words: what staff see before they replay an event. Reads only, no personal data.

type Look = Readonly<Record<string, string | number | boolean | null>> | null;

export async function lookAtPage(ctx: Ctx<Providers>, id: string): Promise<Look> {
  const page = await ctx.providers.checkout.findSession(id);
  if (!page) return null;
  return {
    status: page.status,
    payment: page.paymentStatus,
    total: page.totalAmount,
    currency: page.currency,
    mode: page.mode,
    purchase: page.checkoutId,
  };
}

export async function lookAtSubscription(ctx: Ctx<Providers>, id: string): Promise<Look> {
  const membership = await ctx.providers.subscriptions.findSubscription(id);
  if (!membership) return null;
  return {
    status: membership.status,
    amount: membership.amount,
    currency: membership.currency,
    periodEnds: membership.currentPeriodEndAt?.toISOString() ?? null,
    ends: membership.cancelAt?.toISOString() ?? null,
  };
}

export async function lookAtInvoice(ctx: Ctx<Providers>, id: string): Promise<Look> {
  const invoice = await ctx.providers.subscriptions.findInvoice(id);
  if (!invoice) return null;
  const { status, reason, totalAmount, amountPaid, currency, number } = invoice;
  return { number, status, reason, total: totalAmount, paid: amountPaid, currency };
}

export async function lookAtPayment(ctx: Ctx<Providers>, id: string): Promise<Look> {
  const payment = await ctx.providers.payments.findPayment(id);
  if (!payment) return null;
  const { status, amount, currency, refundedAmount, attempts, failureCode } = payment;
  return { status, amount, currency, refunded: refundedAmount, attempts: attempts.length, failure: failureCode };
}
