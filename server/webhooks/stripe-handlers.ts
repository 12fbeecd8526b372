import { z } from "zod";
import { adoptCard, convergeSubscription, followCustomer } from "../billing/index.ts";
import { checkoutErrors, convergeCheckout } from "../checkout/index.ts";
import { findPlanSoldAs } from "../entitlements/index.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { convergeRefunds } from "../payments/index.ts";
import type { Providers } from "../ports.ts";
import { recheckLivePrices, recheckStripePrice } from "../pricing/index.ts";
import { isKnownMembership } from "../subscriptions/index.ts";
import type { EventHandler, EventHandlers, EventHint, MarkHandled } from "./event-handler.ts";
import { lookAtInvoice, lookAtPage, lookAtPayment, lookAtSubscription } from "./stripe-looks.ts";
import { settledInvoices, settledMemberships, settledPayments } from "./stripe-news.ts";
import { followInvoice, followPayment, notOurs } from "./stripe-parents.ts";

type Handler = EventHandler<Providers>;

/** Whose credits a page is for. */
const pointer = z.object({ metadata: z.object({ userId: z.string() }) });
const metadataShape = z.object({ checkout_id: z.string().optional() });
const invoiceParent = z.object({
  billing_reason: z.string().nullish(),
  parent: z.object({
    subscription_details: z.object({ subscription: z.string(), metadata: metadataShape.nullish() }),
  }),
});

const checkoutPage: Handler = {
  useCase: "convergeCheckout",
  summary:
    "Looks at the payment page and completes, closes or keeps the purchase; of a page for a card, charges to that.",
  run: (ctx, event, also) =>
    event.object.mode === "setup"
      ? adoptCard(ctx, { sessionId: idOf(event) }, also)
      : convergeCheckout(
          ctx,
          { stripeSessionId: idOf(event), asked: event.place, expected: subjectsOfPage(event) },
          also,
        ),
  // One that bought credits keeps with it what was granted, whoever granted it: it is followed up by itself.
  subjects: (event) => (pointer.safeParse(event.object).success ? [] : subjectsOfPage(event)),
  look: (ctx, event) => lookAtPage(ctx, idOf(event)),
};

const membership: Handler = {
  useCase: "convergeSubscription",
  summary: "Looks at the membership and its newest invoice, and moves it to where Stripe says it is.",
  run: (ctx, event, also) => followSubscription(ctx, event, also),
  subjects: (event) => subjectsOfMembership(event),
  settled: settledMemberships,
  look: (ctx, event) => lookAtSubscription(ctx, idOf(event)),
};

const customer: Handler = {
  useCase: "convergeSubscription",
  summary:
    "Has the memberships of this customer looked at that are overdue or began without a card: the card may be another. And those for which another sum is kept.",
  run: (ctx, event, also) => followCustomer(ctx, { stripeCustomerId: idOf(event), balance: balanceOf(event) }, also),
  look: async () => null,
};

const invoice: Handler = {
  useCase: "convergeInvoice",
  summary: "Looks at the invoice, the payment that pays it and its membership.",
  run: (ctx, event, also) => followInvoice(ctx, { id: idOf(event), ...parentOf(event) }, also, event.place),
  subjects: (event) => [`invoice:${idOf(event)}`],
  settled: settledInvoices,
  look: (ctx, event) => lookAtInvoice(ctx, idOf(event)),
};

const payment: Handler = {
  useCase: "convergeCheckout or convergeInvoice",
  summary: "Looks at the payment with every attempt, refund and dispute, as part of what it pays.",
  run: (ctx, event, also) => followPayment(ctx, idOf(event), also, event.place),
  subjects: (event) => [`payment:${idOf(event)}`],
  settled: settledPayments,
  look: (ctx, event) => lookAtPayment(ctx, idOf(event)),
};

/** An event about a charge, refund or dispute: each names its payment. */
const ofPayment: Handler = {
  ...payment,
  run: (ctx, event, also) => withNamed(ctx, event, "payment_intent", also, followPayment),
  // Rare, and about more than the payment that they name: each has a look of its own.
  subjects: () => [],
  settled: async () => [],
  look: (ctx, event) => lookAtPayment(ctx, named(event, "payment_intent") ?? ""),
};

/** An event about money paid back: first the refunds of the payment, then what it paid. */
const ofRefund: Handler = {
  ...ofPayment,
  useCase: "convergeRefunds, then convergeCheckout or convergeInvoice",
  summary: "Looks at every refund of the payment, and then at the payment as part of what it pays.",
  run: (ctx, event, also) =>
    withNamed(ctx, event, "payment_intent", also, async (_, id) => {
      await convergeRefunds(ctx, { paymentExternalId: id });
      await followPayment(ctx, id, also);
    }),
};

const price: Handler = {
  useCase: "recheckStripePrice",
  summary: "Looks at the price and makes the campaigns that use it follow.",
  run: (ctx, event, also) => recheckStripePrice(ctx, { stripePriceId: idOf(event), asked: event.place }, also),
};

const product: Handler = {
  useCase: "recheckLivePrices",
  summary: "Has the prices of live campaigns looked up again: one of an archived product cannot be sold.",
  run: (ctx, _event, also) => recheckLivePrices(ctx, also),
};

/**
 * What follows which of Stripe's events; any other type is stored and ignored. What only comes beside one of these is left to
 * it: a draft invoice to the membership's new period, its finalization to the outcome of the charge, what pays it to
 * `invoice.paid`.
 */
export const stripeHandlers = {
  "checkout.session.completed": checkoutPage,
  "checkout.session.async_payment_succeeded": checkoutPage,
  "checkout.session.async_payment_failed": checkoutPage,
  "checkout.session.expired": checkoutPage,
  "payment_intent.processing": payment,
  "payment_intent.requires_action": payment,
  "payment_intent.succeeded": payment,
  "payment_intent.payment_failed": payment,
  "payment_intent.canceled": payment,
  "charge.refunded": ofRefund,
  "charge.refund.updated": ofRefund,
  "charge.dispute.created": ofPayment,
  "charge.dispute.updated": ofPayment,
  "charge.dispute.closed": ofPayment,
  "charge.dispute.funds_withdrawn": ofPayment,
  "charge.dispute.funds_reinstated": ofPayment,
  "refund.created": ofRefund,
  "refund.updated": ofRefund,
  "refund.failed": ofRefund,
  "customer.updated": customer,
  "customer.subscription.created": membership,
  "customer.subscription.updated": membership,
  "customer.subscription.deleted": membership,
  "customer.subscription.paused": membership,
  "customer.subscription.resumed": membership,
  "customer.subscription.trial_will_end": membership,
  "invoice.updated": invoice,
  "invoice.finalization_failed": invoice,
  "invoice.paid": invoice,
  "invoice.payment_succeeded": invoice,
  "invoice.payment_failed": invoice,
  "invoice.payment_action_required": invoice,
  "invoice.voided": invoice,
  "invoice.marked_uncollectible": invoice,
  "price.updated": price,
  "price.deleted": price,
  "product.updated": product,
  "product.deleted": product,
} satisfies EventHandlers<Providers>;

/** A membership of ours is brought up to date; the first news of one brings its purchase up to date, and itself with it. */
async function followSubscription(ctx: Ctx<Providers>, event: EventHint, also: MarkHandled): Promise<void> {
  const id = idOf(event);
  const together = { of: "membership.known", about: [] };
  if (await ctx.db.transaction((tx) => isKnownMembership(tx, id), { readOnly: true, together })) {
    const told = { stripeSubscriptionId: id, stripeInvoiceId: named(event, "latest_invoice") ?? undefined };
    return convergeSubscription(ctx, { ...told, asked: event.place }, also);
  }
  const boughtBy = metadataShape.safeParse(event.object.metadata).data?.checkout_id;
  const news = { asked: event.place, expected: subjectsOfMembership(event) };
  if (boughtBy !== undefined) return convergeCheckout(ctx, { checkoutId: boughtBy, ...news }, also);
  const facts = await ctx.providers.subscriptions.findSubscription(id);
  if (facts?.checkoutId) return convergeCheckout(ctx, { checkoutId: facts.checkoutId }, also);
  const { productExternalId = null, organizationId = null } = facts ?? {};
  const isPlan = await ctx.db.transaction(
    async (tx) => productExternalId !== null && (await findPlanSoldAs(tx, productExternalId)) !== null,
    { readOnly: true },
  );
  if (isPlan && organizationId === null) throw checkoutErrors.noOrganization({ subscription: id });
  await notOurs(
    ctx,
    facts?.status === "active",
    { kind: "billing.foreign_subscription", subject: id, what: "membership" },
    also,
  );
}

async function withNamed(
  ctx: Ctx<Providers>,
  event: EventHint,
  field: string,
  also: MarkHandled,
  follow: (ctx: Ctx<Providers>, id: string, also: MarkHandled, asked?: number) => Promise<void>,
): Promise<void> {
  const id = named(event, field);
  if (id) return follow(ctx, id, also, event.place);
  await ctx.db.transaction((tx) => also(tx, `It names no ${field}; nothing had to be done.`));
}

/** The membership that an invoice says it is of, and of the first one the purchase that both came of. */
function parentOf({ object }: EventHint): { of: string | null; boughtBy: string | null } {
  const { data } = invoiceParent.safeParse(object);
  if (!data) return { of: null, boughtBy: null };
  const { subscription: of, metadata } = data.parent.subscription_details;
  const isFirst = data.billing_reason === "subscription_create";
  return { of, boughtBy: isFirst ? (metadata?.checkout_id ?? null) : null };
}

function subjectsOfMembership(event: EventHint): string[] {
  const invoiceId = named(event, "latest_invoice");
  return [`subscription:${idOf(event)}`, ...(invoiceId === null ? [] : [`invoice:${invoiceId}`])];
}

/** None of one that names nothing that came of it: should nothing be fulfilled, each that tells of it is laid before a person. */
function subjectsOfPage(event: EventHint): string[] {
  const purchase = named(event, "client_reference_id");
  const [membership, payment] = [named(event, "subscription"), named(event, "payment_intent")];
  if (purchase === null || (membership ?? payment) === null) return [];
  return [`checkout:${purchase}`, membership === null ? `payment:${payment}` : `subscription:${membership}`];
}

function idOf(event: EventHint): string {
  return event.objectId ?? "";
}

function named(event: EventHint, field: string): string | null {
  const value = event.object[field];
  return typeof value === "string" && value !== "" ? value : null;
}

/** What is kept for a customer's bills, where the event says it. */
function balanceOf({ object }: EventHint): number | undefined {
  return typeof object.balance === "number" ? object.balance : undefined;
}
