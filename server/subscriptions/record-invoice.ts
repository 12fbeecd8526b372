import { and, eq, sql } from "drizzle-orm";
import { orders } from "../../drizzle/schema/orders.ts";
import { invoices } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
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
 * computed here: Stripe is told prices with the tax included and nothing about it. The first invoice has its order's,
 * which is rounded line by line.
 */
export async function recordInvoice(tx: Tx, facts: InvoiceFacts, owner: InvoiceOwner, cause: string): Promise<string> {
  const currency = providerCurrency(facts.currency);
  const ofOrder = owner.orderId === null ? null : await taxOfOrder(tx, owner.orderId, facts.totalAmount);
  const taxAmount = ofOrder ?? taxIncluded(money(facts.totalAmount, currency), owner.taxRateBps).amount;
  const seen = {
    number: facts.number,
    reason: facts.reason,
    currency,
    totalAmount: facts.totalAmount,
    amountPaid: facts.amountPaid,
    periodStartAt: facts.periodStartAt,
    periodEndAt: facts.periodEndAt,
    nextPaymentAttemptAt: facts.nextPaymentAttemptAt,
    attemptCount: facts.attemptCount,
    payUrl: facts.payUrl,
    paidAt: facts.paidAt,
  };
  // A later look keeps the tax of the day it was billed: the rate may have changed since, what was owed has not.
  const taxKept = sql`case when ${invoices.totalAmount} = ${facts.totalAmount} then ${invoices.taxAmount} else ${taxAmount} end`;
  const [row] = await tx
    .insert(invoices)
    .values({
      id: newId("inv"),
      customerId: owner.customerId,
      subscriptionId: owner.subscriptionId,
      stripeInvoiceId: facts.externalId,
      status: invoiceMachine.initial,
      createdAt: facts.createdAt,
      taxAmount,
      ...seen,
    })
    .onConflictDoUpdate({ target: invoices.stripeInvoiceId, set: { ...seen, taxAmount: taxKept } })
    .returning({ id: invoices.id, isNew: sql<boolean>`xmax = 0` });
  invariant(row, "an invoice that was written has an id");
  const { id, isNew } = row;
  if (isNew) await begin(tx, invoiceMachine, { id, cause });
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

async function taxOfOrder(tx: Tx, orderId: string, totalAmount: number): Promise<number | null> {
  const [order] = await tx
    .select({ taxAmount: orders.taxAmount })
    .from(orders)
    .where(and(eq(orders.id, orderId), eq(orders.totalAmount, totalAmount)));
  return order?.taxAmount ?? null;
}
