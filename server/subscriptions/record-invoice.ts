import { eq } from "drizzle-orm";
import { invoices } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { begin, converge } from "../kernel/machine.ts";
import { money, taxIncluded } from "../kernel/money.ts";
import { providerCurrency, recordPayment } from "../payments/index.ts";
import type { InvoiceFacts } from "./gateway.ts";
import { invoiceMachine } from "./invoice-status.ts";

/** What an invoice is for. `orderId` only for the first one, which pays the order. */
export type InvoiceOwner = {
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly orderId: string | null;
  readonly taxRateBps: number;
};

/**
 * Brings our copy of an invoice and the payment that pays it to what Stripe holds. Returns our id. Idempotent by Stripe's
 * ids; the caller serialises looks (`applyLook`). Every state on the way emits `invoice.<event>`. The tax inside is
 * computed here: Stripe is told prices with the tax included and nothing about it.
 */
export async function recordInvoice(tx: Tx, facts: InvoiceFacts, owner: InvoiceOwner, cause: string): Promise<string> {
  const currency = providerCurrency(facts.currency);
  const seen = {
    number: facts.number,
    reason: facts.reason,
    currency,
    totalAmount: facts.totalAmount,
    amountPaid: facts.amountPaid,
    taxAmount: taxIncluded(money(facts.totalAmount, currency), owner.taxRateBps).amount,
    periodStartAt: facts.periodStartAt,
    periodEndAt: facts.periodEndAt,
    nextPaymentAttemptAt: facts.nextPaymentAttemptAt,
    paidAt: facts.paidAt,
  };
  const made = await tx
    .insert(invoices)
    .values({
      id: newId("inv"),
      customerId: owner.customerId,
      subscriptionId: owner.subscriptionId,
      stripeInvoiceId: facts.externalId,
      status: invoiceMachine.initial,
      createdAt: facts.createdAt,
      ...seen,
    })
    .onConflictDoNothing()
    .returning({ id: invoices.id });
  if (made[0]) await begin(tx, invoiceMachine, { id: made[0].id, cause });
  const [row] = await tx
    .update(invoices)
    .set(seen)
    .where(eq(invoices.stripeInvoiceId, facts.externalId))
    .returning({ id: invoices.id });
  const id = row?.id ?? "";
  if (facts.payment) {
    await recordPayment(
      tx,
      facts.payment,
      { customerId: owner.customerId, orderId: owner.orderId, invoiceId: id },
      cause,
    );
  }
  await converge(tx, invoiceMachine, { id, to: facts.status, cause });
  return id;
}
