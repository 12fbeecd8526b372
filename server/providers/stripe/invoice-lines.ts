import type Stripe from "stripe";
import { callStripe } from "./client.ts";

/** More lines than any invoice has. */
const MOST = 10_000;

/**
 * An invoice, or a preview of one, with every line of it. Only the first ten come along, and what is left over from changes stands before what renews: by those
 * alone neither its period nor what was taken off it can be told. Asks only where there are more.
 */
export async function withAllLines(stripe: Stripe, invoice: Stripe.Invoice): Promise<Stripe.Invoice> {
  if (!invoice.lines.has_more) return invoice;
  const data = await callStripe("read", () =>
    stripe.invoices.listLineItems(invoice.id, { limit: 100 }).autoPagingToArray({ limit: MOST }),
  );
  return { ...invoice, lines: { ...invoice.lines, data, has_more: false } };
}
