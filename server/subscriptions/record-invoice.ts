import { and, eq } from "drizzle-orm";
import { orders } from "../../drizzle/schema/orders.ts";
import { invoices } from "../../drizzle/schema/subscriptions.ts";
import { alongsideOf } from "../kernel/alongside.ts";
import { changed } from "../kernel/changed.ts";
import type { Tx } from "../kernel/db.ts";
import { emit } from "../kernel/event.ts";
import { newId } from "../kernel/id.ts";
import { begin, converge } from "../kernel/machine.ts";
import { money, taxIncluded } from "../kernel/money.ts";
import { send } from "../kernel/send.ts";
import { writtenOnce } from "../kernel/written-once.ts";
import { type HeldPayment, holdPayment, providerCurrency, recordPayment } from "../payments/index.ts";
import type { InvoiceFacts } from "./gateway.ts";
import { invoiceMachine } from "./invoice-status.ts";

/** What an invoice is for. `orderId` only for the first one, which pays the order. */
export type InvoiceOwner = {
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly orderId: string | null;
  /** Asked for when it is billed, or for another sum than before. */
  taxRateBps(): number | Promise<number>;
};

/**
 * Brings our copy of an invoice and the payment that pays it to what Stripe holds. Returns our id. Idempotent by Stripe's
 * ids; the caller serialises looks (`applyLook`). Every state on the way emits `invoice.<event>`. The tax inside is
 * computed here: Stripe is told prices with the tax included and nothing about it. The first invoice has its order's,
 * which is rounded line by line. One that is paid after it was seen open emits `invoice.paid_late`, too. `held`: what {@link holdInvoice} answered in this transaction.
 */
export async function recordInvoice(
  tx: Tx,
  facts: InvoiceFacts,
  owner: InvoiceOwner,
  cause: string,
  held?: HeldInvoice,
): Promise<string> {
  const currency = providerCurrency(facts.currency);
  const seen = {
    number: facts.number,
    reason: facts.reason,
    currency,
    totalAmount: facts.totalAmount,
    amountPaid: facts.amountPaid,
    offLines: facts.offLines,
    periodStartAt: facts.periodStartAt,
    periodEndAt: facts.periodEndAt,
    nextPaymentAttemptAt: facts.nextPaymentAttemptAt,
    attemptCount: facts.attemptCount,
    payUrl: facts.payUrl,
    paidAt: facts.paidAt,
  };
  const { row: known, payment } = held ?? (await holdInvoice(tx, facts));
  // A later look keeps the tax of the day it was billed: the rate may have changed since, what was owed has not.
  const taxAmount = known?.totalAmount === facts.totalAmount ? known.taxAmount : await taxOf(tx, facts, owner);
  const id = known?.id ?? newId("inv");
  const { customerId, orderId, subscriptionId } = owner;
  const { status } = facts;
  const alongside = known ? changed(known, { ...seen, taxAmount }) : null;
  if (known?.status === status && alongside) send(tx, tx.update(invoices).set(alongside).where(eq(invoices.id, id)));
  if (!known) {
    const row = { id, customerId, subscriptionId, stripeInvoiceId: facts.externalId, createdAt: facts.createdAt };
    send(tx, tx.insert(invoices).values({ ...row, ...seen, taxAmount, status }));
    await begin(tx, invoiceMachine, { id, cause, to: status });
  }
  // In one packet: neither needs the other's answer.
  await Promise.all([
    facts.payment && recordPayment(tx, facts.payment, { customerId, orderId, invoiceId: id }, cause, payment),
    known &&
      converge(tx, invoiceMachine, {
        ...{ id, to: status, cause, held: known.status },
        ...(alongside && { alongside: alongsideOf(invoices, alongside) }),
      }),
  ]);
  // Whoever was told that it could not be charged is told that it was.
  if (status === "paid" && known && known.status !== "paid" && known.status !== invoiceMachine.initial)
    await emit(tx, { name: "invoice.paid_late", id });
  return id;
}

/** Our copies of an invoice and of the payment that pays it, locked in this order; undefined when this is the first look at one. */
export type HeldInvoice = {
  readonly row: typeof invoices.$inferSelect | undefined;
  readonly payment: HeldPayment | undefined;
};

export async function holdInvoice(tx: Tx, facts: InvoiceFacts): Promise<HeldInvoice> {
  const ours = invoiceHeld(tx, { stripeInvoiceId: facts.externalId });
  const [[row], payment] = await Promise.all([ours, facts.payment ? holdPayment(tx, facts.payment) : undefined]);
  return { row, payment };
}

const invoiceHeld = writtenOnce(["stripeInvoiceId"], (tx, { stripeInvoiceId }) =>
  tx.select().from(invoices).where(eq(invoices.stripeInvoiceId, stripeInvoiceId)).for("update"),
);

async function taxOf(tx: Tx, facts: InvoiceFacts, owner: InvoiceOwner): Promise<number> {
  const ofOrder = owner.orderId === null ? null : await taxOfOrder(tx, owner.orderId, facts.totalAmount);
  const total = money(facts.totalAmount, providerCurrency(facts.currency));
  return ofOrder ?? taxIncluded(total, await owner.taxRateBps()).amount;
}

async function taxOfOrder(tx: Tx, orderId: string, totalAmount: number): Promise<number | null> {
  const [order] = await tx
    .select({ taxAmount: orders.taxAmount })
    .from(orders)
    .where(and(eq(orders.id, orderId), eq(orders.totalAmount, totalAmount)));
  return order?.taxAmount ?? null;
}
