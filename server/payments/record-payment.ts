import { and, eq, sql } from "drizzle-orm";
import { paymentAttempts, payments } from "../../drizzle/schema/payments.ts";
import { alongsideOf } from "../kernel/alongside.ts";
import { changed } from "../kernel/changed.ts";
import type { Tx } from "../kernel/db.ts";
import { emit } from "../kernel/event.ts";
import { newId } from "../kernel/id.ts";
import { begin, converge } from "../kernel/machine.ts";
import { send } from "../kernel/send.ts";
import { writtenOnce } from "../kernel/written-once.ts";
import type { AttemptFacts, PaymentFacts } from "./gateway.ts";
import { paymentMachine } from "./payment-status.ts";
import { providerCurrency } from "./provider-currency.ts";
import { walkWonDisputes } from "./walk-won-disputes.ts";

/** Whose money it is and what it pays for; written when the payment is first seen and never changed by a later look. */
export type PaymentOwner = {
  readonly customerId: string;
  readonly orderId: string | null;
  readonly invoiceId: string | null;
};

/**
 * Brings our copy of a payment, its card and every attempt to what the provider holds. Returns our id.
 * Idempotent by the provider's ids; the caller serialises looks (`applyLook`). Each state on the way emits `payment.<event>`;
 * another part paid back emits `payment.partially_refunded` again, and a dispute that was won unseen what it would have in time. `held`: what {@link holdPayment} answered in this transaction.
 */
export async function recordPayment(
  tx: Tx,
  facts: PaymentFacts,
  owner: PaymentOwner,
  cause: string,
  held?: HeldPayment,
): Promise<string> {
  const card = facts.attempts.findLast((attempt) => attempt.card)?.card ?? null;
  const seen = {
    refundedAmount: facts.refundedAmount,
    cardBrand: card?.brand ?? null,
    cardLast4: card?.last4 ?? null,
    paidAt: facts.paidAt,
  };
  const { row: before } = held ?? (await holdPayment(tx, facts));
  const returned = before !== undefined && facts.refundedAmount < before.refundedAmount;
  const id = before?.id ?? newId("pay");
  const { status } = facts;
  const orderId = before?.orderId ?? owner.orderId;
  const invoiceId = before?.invoiceId ?? owner.invoiceId;
  const refundsReturned = (before?.refundsReturned ?? 0) + (returned ? 1 : 0);
  const alongside = before ? changed(before, { ...seen, orderId, invoiceId, refundsReturned }) : null;
  const standing =
    before && (await walkWonDisputes(tx, { id, held: before.status, won: facts.disputesWon ?? 0, cause }));
  if (standing === status && alongside) send(tx, tx.update(payments).set(alongside).where(eq(payments.id, id)));
  if (!before) {
    const row = {
      id,
      ...owner,
      ...seen,
      externalId: facts.externalId,
      amount: facts.amount,
      createdAt: facts.createdAt,
    };
    const currency = providerCurrency(facts.currency);
    send(tx, tx.insert(payments).values({ ...row, provider: "stripe", currency, status }));
    await begin(tx, paymentMachine, { id, cause, to: status });
  }
  if (facts.attempts.length > 0) send(tx, attemptsOf(tx, id, facts.attempts));
  if (standing)
    await converge(tx, paymentMachine, {
      ...{ id, to: status, cause, held: standing },
      ...(alongside && { alongside: alongsideOf(payments, alongside) }),
    });
  // Another part that was paid back changes no status, and is money all the same.
  if (before && status === standing && facts.refundedAmount !== before.refundedAmount)
    await emit(tx, { name: "payment.partially_refunded", id });
  return id;
}

/** Our copy of a payment, locked; undefined when this is the first look at it. */
export type HeldPayment = { readonly row: typeof payments.$inferSelect | undefined };

export async function holdPayment(tx: Tx, { externalId }: PaymentFacts): Promise<HeldPayment> {
  const [row] = await paymentHeld(tx, { externalId });
  return { row };
}

const paymentHeld = writtenOnce(["externalId"], (tx, { externalId }) =>
  tx
    .select()
    .from(payments)
    .where(and(eq(payments.provider, "stripe"), eq(payments.externalId, externalId)))
    .for("update"),
);

function attemptsOf(tx: Tx, paymentId: string, attempts: readonly AttemptFacts[]) {
  const { outcome, declineCode, message } = paymentAttempts;
  return tx
    .insert(paymentAttempts)
    .values(
      attempts.map(({ card, ...attempt }) => ({
        id: newId("att"),
        paymentId,
        ...attempt,
        cardBrand: card?.brand ?? null,
        cardLast4: card?.last4 ?? null,
        cardExpiryMonth: card?.expiryMonth ?? null,
        cardExpiryYear: card?.expiryYear ?? null,
      })),
    )
    .onConflictDoUpdate({
      target: paymentAttempts.externalId,
      set: { outcome: said("outcome"), declineCode: said("decline_code"), message: said("message") },
      setWhere: sql`(${outcome}, ${declineCode}, ${message}) is distinct from (${said("outcome")}, ${said("decline_code")}, ${said("message")})`,
    });
}

/** What the provider says of it now, in a statement that may find it known. */
const said = (column: string) => sql`excluded.${sql.identifier(column)}`;
