import { and, eq, gte } from "drizzle-orm";
import { paymentAttempts, payments } from "../../drizzle/schema/payments.ts";
import { invoices, subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { DomainError } from "../kernel/errors.ts";
import { addChange, isOverdue, type Membership, subscriptionErrors } from "../subscriptions/index.ts";
import { newestOpenBill } from "./request-retry.ts";

/** Whether the provider itself has charged the card that was entered last: then another try says nothing new. */
async function isTried(tx: Tx, { id, cardSince }: Membership): Promise<boolean> {
  if (cardSince === null) return false;
  const tries = await tx
    .select({ id: paymentAttempts.id })
    .from(paymentAttempts)
    .innerJoin(payments, eq(payments.id, paymentAttempts.paymentId))
    .innerJoin(invoices, eq(invoices.id, payments.invoiceId))
    .where(and(eq(invoices.subscriptionId, id), gte(paymentAttempts.at, cardSince)))
    .limit(1);
  return tries.length > 0;
}

/**
 * What is overdue is charged to the card that has come in the place of the refused one: once per card, whichever way it
 * came (our page, the provider's, staff there), and not where the provider has tried it by itself. Nothing overdue: nothing
 * happens. Idempotent. Worker only. Throws while
 * another change is under way, so that the job comes back.
 */
export async function retryWithCard(ctx: Ctx, { subscriptionId }: { subscriptionId: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [membership] = await tx.select().from(subscriptions).where(eq(subscriptions.id, subscriptionId));
    if (!membership) throw subscriptionErrors.notFound();
    const { status, stripeCardId } = membership;
    if (!isOverdue(status) || stripeCardId === null) return;
    const bill = await newestOpenBill(tx, subscriptionId);
    if (!bill || (await isTried(tx, membership))) return;
    const wish = { subscriptionId, kind: "retry", timing: "now" } as const;
    const idempotencyKey = `${subscriptionId}:retry:${stripeCardId}:${bill.stripeInvoiceId}`;
    try {
      await addChange(tx, { ...wish, idempotencyKey }, async () => bill);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== "subscriptions.change_in_progress") throw error;
      throw new Error("another change is under way; what is overdue is charged after it");
    }
  });
}
