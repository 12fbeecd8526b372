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
 * happens. What rests since a trial that ended without a card goes on. Idempotent. Worker only. Throws while
 * another change is under way, so that the job comes back.
 */
export async function retryWithCard(ctx: Ctx, { subscriptionId }: { subscriptionId: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [membership] = await tx.select().from(subscriptions).where(eq(subscriptions.id, subscriptionId));
    if (!membership) throw subscriptionErrors.notFound();
    const { status, stripeCardId } = membership;
    if (restsWithoutCard(membership) && stripeCardId !== null) return goOn(tx, membership, stripeCardId);
    if (!isOverdue(status) || stripeCardId === null) return;
    const bill = await newestOpenBill(tx, subscriptionId);
    if (!bill || (await isTried(tx, membership))) return;
    const idempotencyKey = `${subscriptionId}:retry:${stripeCardId}:${bill.stripeInvoiceId}`;
    await orComeBack(() =>
      addChange(tx, { subscriptionId, kind: "retry", timing: "now", idempotencyKey }, async () => bill),
    );
  });
}

/** Its trial ended without a card and paused it: nobody asked for that pause. */
const restsWithoutCard = ({ status, pauseAt, trialWithoutCard }: Membership): boolean =>
  status === "paused" && pauseAt === null && trialWithoutCard === "pause";

/** With a card it goes on, with a new period that is charged now. */
async function goOn(tx: Tx, { id, trialEndAt }: Membership, cardId: string): Promise<void> {
  const idempotencyKey = `${id}:resume:${cardId}:${trialEndAt?.toISOString() ?? ""}`;
  await orComeBack(() => addChange(tx, { subscriptionId: id, kind: "resume", timing: "now", idempotencyKey }));
}

async function orComeBack(ask: () => Promise<unknown>): Promise<void> {
  try {
    await ask();
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "subscriptions.change_in_progress") throw error;
    throw new Error("another change is under way; what the card is for comes after it");
  }
}
