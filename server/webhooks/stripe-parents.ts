import { convergeInvoice } from "../billing/index.ts";
import { convergeCheckout } from "../checkout/index.ts";
import { type Alert, raiseAlert } from "../kernel/alert.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { findPaymentParent } from "../payments/index.ts";
import type { Providers } from "../ports.ts";
import { isKnownInvoice, isKnownMembership } from "../subscriptions/index.ts";
import type { MarkHandled } from "./event-handler.ts";
import { moneyOf } from "./event-money.ts";

// News may come before the thing it belongs to: an invoice before its membership, a payment before its order. Then the
// purchase that all of it came from is fetched and written first.

/** An invoice, with its membership and, of a first one, the purchase that it came of, where whoever tells of it names them. */
type ToldInvoice = { readonly id: string; readonly of?: string | null; readonly boughtBy?: string | null };

/** Brings an invoice up to date, and first the purchase of its membership when we have not seen that yet. */
export async function followInvoice(
  ctx: Ctx<Providers>,
  { id, of = null, boughtBy = null }: ToldInvoice,
  also: MarkHandled,
  asked?: number,
): Promise<void> {
  const told = { stripeInvoiceId: id, asked, of };
  const isOurs = await ctx.db.transaction(
    async (tx) => (of !== null && (await isKnownMembership(tx, of))) || (await isKnownInvoice(tx, id)),
    { readOnly: true },
  );
  if (isOurs) return convergeInvoice(ctx, told, also);
  // The first invoice is written with its purchase.
  if (boughtBy !== null)
    return convergeCheckout(ctx, { checkoutId: boughtBy, asked, expected: [`invoice:${id}`] }, also);
  const invoice = await ctx.providers.subscriptions.findInvoice(id);
  const membership = invoice?.subscriptionExternalId ?? null;
  const isKnown = () => ctx.db.transaction((tx) => isKnownMembership(tx, membership ?? ""), { readOnly: true });
  if (invoice && !(await isKnown())) {
    const { checkoutId, reason } = invoice;
    if (checkoutId && reason === "subscription_create") return convergeCheckout(ctx, { checkoutId }, also);
    if (checkoutId) await convergeCheckout(ctx, { checkoutId });
    if (!(await isKnown())) {
      return notOurs(
        ctx,
        invoice.amountPaid > 0,
        { kind: "billing.foreign_invoice", subject: id, what: "invoice" },
        also,
      );
    }
  }
  await convergeInvoice(ctx, told, also);
}

/** Brings what a payment pays up to date, and the payment with it. */
export async function followPayment(ctx: Ctx<Providers>, id: string, also: MarkHandled, asked?: number): Promise<void> {
  const known = await ctx.db.transaction((tx) => findPaymentParent(tx, id), { readOnly: true });
  if (known?.stripeInvoiceId) return convergeInvoice(ctx, { stripeInvoiceId: known.stripeInvoiceId, asked }, also);
  if (known?.checkoutId) return convergeCheckout(ctx, { checkoutId: known.checkoutId }, also);
  const payment = await ctx.providers.payments.findPayment(id);
  if (payment?.checkoutId) return convergeCheckout(ctx, { checkoutId: payment.checkoutId }, also);
  const invoice = payment && (await ctx.providers.subscriptions.findInvoiceOfPayment(id));
  if (invoice) return followInvoice(ctx, { id: invoice }, also, asked);
  await notOurs(
    ctx,
    payment?.status === "paid",
    { kind: "payments.without_order", subject: id, what: "payment", money: moneyOf({ ...payment }) },
    also,
  );
}

/** Something at Stripe that belongs to no purchase of ours. A person is told when money has moved. */
export async function notOurs(
  ctx: Ctx<Providers>,
  moneyMoved: boolean,
  stray: { kind: string; subject: string; what: string; money?: Alert["money"] },
  also: MarkHandled,
): Promise<void> {
  const { kind, subject, what } = stray;
  await ctx.db.transaction(async (tx) => {
    if (moneyMoved) {
      const detail = `Stripe holds a paid ${what} that belongs to no purchase of ours. Nothing was fulfilled.`;
      await raiseAlert(tx, { kind, subject, detail, money: stray.money ?? null });
    }
    await also(tx, `The ${what} belongs to no purchase of ours${moneyMoved ? "; an alert was raised" : ""}.`);
  });
}
