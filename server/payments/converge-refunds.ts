import { and, eq, or, sql } from "drizzle-orm";
import { payments } from "../../drizzle/schema/payments.ts";
import { refunds } from "../../drizzle/schema/refunds.ts";
import { invoices, subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { applyLook } from "../kernel/look.ts";
import { begin, converge } from "../kernel/machine.ts";
import { providerCurrency } from "./provider-currency.ts";
import type { RefundFacts, RefundGateway } from "./refund-gateway.ts";
import { refundMachine } from "./refund-status.ts";
import { tellOfReturned } from "./tell-of-returned.ts";

/** One that a bank still works on is asked about this often. Business time. */
const LOOK_AGAIN_MS = 6 * 60 * 60_000;

/**
 * Brings every refund of a payment to what the provider holds: ours by the id that travelled along, and a row for each
 * that was made at the provider itself. Idempotent in any order, any number of times, at once (`applyLook`). One that failed while
 * its payment is disputed raises `payments.refund_returned`. A payment that is not ours is left alone. Throws ProviderError when the provider cannot be asked.
 */
export async function convergeRefunds(
  ctx: Ctx<{ refunds: RefundGateway }>,
  { paymentExternalId }: { paymentExternalId: string },
): Promise<void> {
  await applyLook<readonly RefundFacts[], void>(ctx, {
    look: () => ctx.providers.refunds.listRefunds(paymentExternalId),
    subjects: () => [`refunds:${paymentExternalId}`],
    async apply(tx, facts) {
      const [payment] = await tx
        .select({
          id: payments.id,
          orderId: sql<string | null>`coalesce(${payments.orderId}, ${subscriptions.orderId})`,
        })
        .from(payments)
        .leftJoin(invoices, eq(invoices.id, payments.invoiceId))
        .leftJoin(subscriptions, eq(subscriptions.id, invoices.subscriptionId))
        .where(and(eq(payments.provider, "stripe"), eq(payments.externalId, paymentExternalId)))
        .for("update", { of: payments });
      if (payment) for (const one of facts) await recordRefund(tx, payment, one);
    },
    superseded: async () => {},
  });
}

type Refunded = { readonly id: string; readonly orderId: string | null };

async function recordRefund(tx: Tx, payment: Refunded, facts: RefundFacts): Promise<void> {
  const [known] = await tx
    .select({ id: refunds.id })
    .from(refunds)
    .where(
      and(
        eq(refunds.paymentId, payment.id),
        or(eq(refunds.externalId, facts.externalId), facts.refundId ? eq(refunds.id, facts.refundId) : undefined),
      ),
    );
  const id = known?.id ?? (await addForeign(tx, payment, facts));
  const ended = facts.status !== "processing";
  await tx
    .update(refunds)
    .set({
      externalId: facts.externalId,
      failureCode: facts.failureCode,
      nextCheckAt: ended ? null : new Date(tx.scope.now.getTime() + LOOK_AGAIN_MS),
      completedAt: facts.status === "succeeded" ? tx.scope.now : null,
    })
    .where(eq(refunds.id, id));
  const steps = await converge(tx, refundMachine, { id, to: facts.status, cause: facts.externalId });
  if (steps.includes("failed")) await tellOfReturned(tx, payment.id);
}

/** Somebody paid it back at the provider itself. */
async function addForeign(tx: Tx, payment: Refunded, facts: RefundFacts): Promise<string> {
  const id = newId("ref");
  await tx.insert(refunds).values({
    id,
    paymentId: payment.id,
    orderId: payment.orderId,
    status: refundMachine.initial,
    currency: providerCurrency(facts.currency),
    amount: facts.amount,
    lines: [],
    reason: facts.reason ?? "made at the provider",
    requestedBy: "stripe",
    idempotencyKey: `stripe:${facts.externalId}`,
    externalId: facts.externalId,
    createdAt: facts.createdAt,
  });
  await begin(tx, refundMachine, { id, cause: facts.externalId });
  return id;
}
