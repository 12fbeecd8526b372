import type Stripe from "stripe";
import type { AtOnce, ChangeCost } from "../../subscriptions/change-gateway.ts";
import { idOf, instant, upper } from "./mapping.ts";

export const unix = (at: Date): number => Math.floor(at.getTime() / 1000);

/** From when what is left of the period is counted, and with which invoice it comes. */
export function prorated(timing: AtOnce, at: Date) {
  return {
    proration_behavior: timing === "next_invoice" ? ("create_prorations" as const) : ("always_invoice" as const),
    proration_date: unix(at),
    ...(timing === "new_cycle" ? { billing_cycle_anchor: { type: "now" as const } } : {}),
  };
}

/** What a preview of a change says, with all of its lines (`withAllLines`): of ten alone the sum of what waits would be another. */
export function previewOf(preview: Stripe.Invoice, timing: AtOnce): ChangeCost {
  // Of a change that costs nothing now the provider shows the next renewal instead.
  const atOnce = preview.billing_reason === "subscription_update";
  const isProration = ({ parent }: Stripe.InvoiceLineItem) =>
    (parent?.subscription_item_details ?? parent?.invoice_item_details)?.proration === true;
  const shown = atOnce || timing !== "next_invoice" ? preview.lines.data : preview.lines.data.filter(isProration);
  const carried = shown.reduce((sum, line) => sum + line.amount, 0);
  return {
    invoicedNow: atOnce,
    next: atOnce || timing !== "next_invoice" ? null : { amount: preview.amount_due, at: instant(preview.period_end) },
    balanceAfter: atOnce ? Math.min(0, preview.starting_balance + preview.total) : preview.starting_balance,
    currency: upper(preview.currency),
    lines: shown.map((line) => ({
      amount: line.amount,
      stripePriceId: idOf(line.pricing?.price_details?.price),
      fromAt: instant(line.period.start).toISOString(),
      untilAt: instant(line.period.end).toISOString(),
    })),
    total: atOnce ? preview.total : timing === "next_invoice" ? carried : 0,
    dueNow: atOnce ? preview.amount_due : 0,
  };
}
