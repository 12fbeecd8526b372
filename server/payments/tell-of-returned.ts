import { and, eq, gt, isNotNull, notExists } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { payments } from "../../drizzle/schema/payments.ts";
import { refunds } from "../../drizzle/schema/refunds.ts";
import { raiseAlertOnce } from "../kernel/alert.ts";
import type { Tx } from "../kernel/db.ts";

/** Money that came back from a bank and cannot go the same way again. */
export const REFUND_RETURNED_ALERT = "payments.refund_returned";

/**
 * Lays before a person what a bank returned of a payment, where that is disputed: it cannot go back the way it went, and what the
 * dispute came to does not hold it. To be called after each of the two, for either may be seen first: a payment that was paid back whole
 * is not seen to be disputed before its refund has failed. What never reached the provider, and what was paid back anew since, is left
 * alone. Idempotent: once for a refund.
 */
export async function tellOfReturned(tx: Tx, paymentId: string): Promise<void> {
  const later = alias(refunds, "later");
  const paidAnew = tx
    .select({ id: later.id })
    .from(later)
    .where(and(eq(later.paymentId, paymentId), eq(later.status, "succeeded"), gt(later.createdAt, refunds.createdAt)));
  const returned = await tx
    .select({
      ...{ id: refunds.id, amount: refunds.amount, currency: refunds.currency },
      paymentExternalId: payments.externalId,
    })
    .from(refunds)
    .innerJoin(payments, eq(payments.id, refunds.paymentId))
    .where(
      and(
        eq(payments.id, paymentId),
        eq(payments.status, "disputed"),
        eq(refunds.status, "failed"),
        isNotNull(refunds.externalId),
        notExists(paidAnew),
      ),
    );
  for (const { id, amount, currency, paymentExternalId } of returned)
    await raiseAlertOnce(tx, {
      kind: REFUND_RETURNED_ALERT,
      // The payment stands first: by it the alert is looked up.
      subject: `${paymentExternalId} ${id}`,
      detail: `Refund ${id} of a disputed payment failed: the money is here, and cannot go back to that card before the dispute is won. Where it is lost, pay it in another way, or give back what was taken for it.`,
      money: { amount, currency },
    });
}
