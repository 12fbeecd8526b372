import { and, eq, sql } from "drizzle-orm";
import { paymentAttempts, payments } from "../../drizzle/schema/payments.ts";
import type { Tx } from "../kernel/db.ts";
import { emit } from "../kernel/event.ts";
import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import { begin, converge } from "../kernel/machine.ts";
import type { AttemptFacts, PaymentFacts } from "./gateway.ts";
import { paymentMachine } from "./payment-status.ts";
import { providerCurrency } from "./provider-currency.ts";

/** Whose money it is and what it pays for; written when the payment is first seen and never changed by a later look. */
export type PaymentOwner = {
  readonly customerId: string;
  readonly orderId: string | null;
  readonly invoiceId: string | null;
};

/**
 * Brings our copy of a payment, its card and every attempt to what the provider holds. Returns our id.
 * Idempotent by the provider's ids; the caller serialises looks (`applyLook`). Each state on the way emits `payment.<event>`;
 * another part paid back emits `payment.partially_refunded` again.
 */
export async function recordPayment(tx: Tx, facts: PaymentFacts, owner: PaymentOwner, cause: string): Promise<string> {
  const { id, ...before } = await ensurePayment(tx, facts, owner, cause);
  for (const attempt of facts.attempts) await recordAttempt(tx, id, attempt);
  const card = facts.attempts.findLast((attempt) => attempt.card)?.card ?? null;
  await tx
    .update(payments)
    .set({
      refundedAmount: facts.refundedAmount,
      cardBrand: card?.brand ?? null,
      cardLast4: card?.last4 ?? null,
      paidAt: facts.paidAt,
      orderId: sql`coalesce(${payments.orderId}, ${owner.orderId})`,
      invoiceId: sql`coalesce(${payments.invoiceId}, ${owner.invoiceId})`,
    })
    .where(eq(payments.id, id));
  await converge(tx, paymentMachine, { id, to: facts.status, cause });
  // Another part that was paid back changes no status, and is money all the same.
  if (facts.status === before.status && facts.refundedAmount !== before.refundedAmount)
    await emit(tx, { name: "payment.partially_refunded", id });
  return id;
}

async function ensurePayment(tx: Tx, facts: PaymentFacts, owner: PaymentOwner, cause: string) {
  const id = newId("pay");
  const made = await tx
    .insert(payments)
    .values({
      id,
      ...owner,
      provider: "stripe",
      externalId: facts.externalId,
      status: paymentMachine.initial,
      currency: providerCurrency(facts.currency),
      amount: facts.amount,
      createdAt: facts.createdAt,
    })
    .onConflictDoNothing()
    .returning({ id: payments.id });
  if (made[0]) {
    await begin(tx, paymentMachine, { id, cause });
    return { id, refundedAmount: 0, status: paymentMachine.initial };
  }
  const [known] = await tx
    .select({ id: payments.id, refundedAmount: payments.refundedAmount, status: payments.status })
    .from(payments)
    .where(and(eq(payments.provider, "stripe"), eq(payments.externalId, facts.externalId)));
  invariant(known, "a payment that conflicts exists");
  return known;
}

async function recordAttempt(tx: Tx, paymentId: string, attempt: AttemptFacts): Promise<void> {
  const seen = { outcome: attempt.outcome, declineCode: attempt.declineCode, message: attempt.message };
  await tx
    .insert(paymentAttempts)
    .values({
      id: newId("att"),
      paymentId,
      externalId: attempt.externalId,
      ...seen,
      cardBrand: attempt.card?.brand ?? null,
      cardLast4: attempt.card?.last4 ?? null,
      cardExpiryMonth: attempt.card?.expiryMonth ?? null,
      cardExpiryYear: attempt.card?.expiryYear ?? null,
      at: attempt.at,
    })
    .onConflictDoUpdate({ target: paymentAttempts.externalId, set: seen });
}
