import type Stripe from "stripe";
import type { ShippingAddress } from "../../../drizzle/schema/orders.ts";
import type { PaymentFacts } from "../../payments/gateway.ts";
import type { InvoiceFacts } from "../../subscriptions/gateway.ts";
import { attemptFacts } from "./attempts.ts";

// Stripe's shapes in our words. Everything here is pure; the calls are in the files beside this one.

export const instant = (seconds: number): Date => new Date(seconds * 1000);
export const instantOrNull = (seconds: number | null | undefined): Date | null =>
  seconds == null ? null : instant(seconds);
export const upper = (currency: string | null): string => (currency ?? "").toUpperCase();

/** The id of something that may have been expanded. */
export function idOf(value: string | { readonly id: string } | null | undefined): string | null {
  return value == null ? null : typeof value === "string" ? value : value.id;
}

/** Something that was asked to be expanded; null when there is none. */
export function expanded<T extends { readonly id: string }>(value: string | T | null | undefined): T | null {
  return value == null || typeof value === "string" ? null : value;
}

function paymentStatus(
  intent: Stripe.PaymentIntent,
  charges: readonly Stripe.Charge[],
  disputed: boolean,
): PaymentFacts["status"] {
  switch (intent.status) {
    case "succeeded": {
      const refunded = refundedAmount(charges);
      if (refunded >= intent.amount && intent.amount > 0) return "refunded";
      if (disputed) return "disputed";
      return refunded > 0 ? "partially_refunded" : "paid";
    }
    case "processing":
    case "requires_capture":
      return "processing";
    case "requires_action":
      return "requires_action";
    case "canceled":
      return "cancelled";
    default:
      return intent.last_payment_error ? "failed" : "pending";
  }
}

const refundedAmount = (charges: readonly Stripe.Charge[]): number =>
  charges.reduce((sum, charge) => sum + (charge.status === "succeeded" ? charge.amount_refunded : 0), 0);

/** `disputes`: whether the cardholder disputes it and has not lost, and how many disputes of it we have won. */
export function paymentFacts(
  intent: Stripe.PaymentIntent,
  charges: readonly Stripe.Charge[],
  disputes: { readonly open: boolean; readonly won: number },
): PaymentFacts {
  // Stripe lists the newest first and dates by the second: tries of one second keep their order.
  const oldestFirst = charges.toReversed().toSorted((a, b) => a.created - b.created);
  const paid = oldestFirst.find((charge) => charge.status === "succeeded");
  const error = intent.status === "succeeded" ? null : intent.last_payment_error;
  return {
    externalId: intent.id,
    status: paymentStatus(intent, charges, disputes.open),
    currency: upper(intent.currency),
    amount: intent.amount,
    refundedAmount: refundedAmount(charges),
    disputesWon: disputes.won,
    livemode: intent.livemode,
    createdAt: instant(intent.created),
    paidAt: intent.status === "succeeded" ? instant(paid?.created ?? intent.created) : null,
    checkoutId: intent.metadata.checkout_id ?? null,
    failureCode: error ? (error.decline_code ?? error.code ?? "generic_decline") : null,
    attempts: oldestFirst.map(attemptFacts),
  };
}

/** Of an invoice with all of its lines (`withAllLines`). */
export function invoiceFacts(invoice: Stripe.Invoice, payment: PaymentFacts | null): InvoiceFacts {
  const parent = invoice.parent?.subscription_details ?? null;
  // A fee that is paid once stands beside what renews and has no period of its own.
  // So has what is left over from a change in the middle of a period, which stands before what renews.
  const ofItems = invoice.lines.data.filter((one) => one.parent?.type === "subscription_item_details");
  const renewing = ofItems.find((one) => one.parent?.subscription_item_details?.proration === false);
  const line = renewing ?? ofItems[0] ?? invoice.lines.data[0];
  return {
    externalId: invoice.id,
    number: invoice.number,
    status: (invoice.status ?? "draft") as InvoiceFacts["status"],
    reason: invoice.billing_reason ?? "manual",
    livemode: invoice.livemode,
    subscriptionExternalId: idOf(parent?.subscription),
    checkoutId: parent?.metadata?.checkout_id ?? null,
    currency: upper(invoice.currency),
    totalAmount: invoice.total,
    amountPaid: invoice.amount_paid,
    offLines: offLinesOf(invoice),
    periodStartAt: instantOrNull(line?.period.start ?? invoice.period_start),
    periodEndAt: instantOrNull(line?.period.end ?? invoice.period_end),
    nextPaymentAttemptAt: instantOrNull(invoice.next_payment_attempt),
    attemptCount: invoice.attempt_count,
    payUrl: invoice.hosted_invoice_url ?? null,
    paidAt: instantOrNull(invoice.status_transitions.paid_at),
    createdAt: instant(invoice.created),
    payment,
  };
}

/** What is left over from a change in the middle of a period is none: money off is counted in it already. */
function offLinesOf({ lines }: Stripe.Invoice): InvoiceFacts["offLines"] {
  const off = (one: Stripe.InvoiceLineItem) =>
    (one.discount_amounts ?? []).reduce((sum, { amount }) => sum + amount, 0);
  return lines.data.flatMap((one) => (one.discountable && one.amount > 0 ? [[one.amount, off(one)] as const] : []));
}

type Collected = { readonly name?: string | null; readonly address?: Stripe.Address | null } | null | undefined;

export function shippingAddress(details: Collected): ShippingAddress | null {
  const address = details?.address;
  if (!address?.line1) return null;
  return {
    name: details?.name ?? "",
    line1: address.line1,
    line2: address.line2 || null,
    postalCode: address.postal_code ?? "",
    city: address.city ?? "",
    country: address.country ?? "",
  };
}
