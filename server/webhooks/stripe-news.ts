import { z } from "zod";
import type { Tx } from "../kernel/db.ts";
import { knownInvoices, type ToldInvoice } from "../subscriptions/index.ts";
import type { EventHint } from "./event-handler.ts";

const invoiceShape = z.object({
  id: z.string(),
  status: z.string(),
  amount_paid: z.int(),
  attempt_count: z.int(),
  next_payment_attempt: z.int().nullable(),
});

/** Events of invoices that say nothing that is not written. */
export function settledInvoices(tx: Tx, events: readonly EventHint[]): Promise<string[]> {
  return knownInvoices(tx, events.flatMap(toldInvoice));
}

function toldInvoice({ id, object }: EventHint): ToldInvoice[] {
  const { data } = invoiceShape.safeParse(object);
  if (!data) return [];
  const { id: stripeInvoiceId, status, amount_paid: amountPaid, attempt_count: attemptCount } = data;
  const next = data.next_payment_attempt;
  const nextPaymentAttemptAt = next === null ? null : new Date(next * 1000);
  return [{ id, stripeInvoiceId, status, amountPaid, attemptCount, nextPaymentAttemptAt }];
}

const invoicePaymentShape = z.object({ invoice: z.string(), status: z.literal("paid"), amount_paid: z.int() });

/** Events of what pays an invoice, of invoices that are paid by what is written. */
export function settledInvoicePayments(tx: Tx, events: readonly EventHint[]): Promise<string[]> {
  const told = events.flatMap(({ id, object }) => {
    const { data } = invoicePaymentShape.safeParse(object);
    if (!data) return [];
    // It says nothing of tries, and of an invoice that is open never enough.
    const paid = { status: "paid", amountPaid: data.amount_paid, attemptCount: 0, nextPaymentAttemptAt: null };
    return [{ id, stripeInvoiceId: data.invoice, ...paid }];
  });
  return knownInvoices(tx, told);
}
