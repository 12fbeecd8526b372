import { eq } from "drizzle-orm";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { DomainError } from "../kernel/errors.ts";
import { addChange, isOverdue, subscriptionErrors } from "../subscriptions/index.ts";
import { newestOpenBill } from "./request-retry.ts";

/**
 * What is overdue is charged to the card that has come in the place of the refused one: once per card, whichever way it
 * came (our page, the provider's, staff there). Nothing overdue: nothing happens. Idempotent. Worker only. Throws while
 * another change is under way, so that the job comes back.
 */
export async function retryWithCard(ctx: Ctx, { subscriptionId }: { subscriptionId: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [membership] = await tx.select().from(subscriptions).where(eq(subscriptions.id, subscriptionId));
    if (!membership) throw subscriptionErrors.notFound();
    const { status, stripeCardId } = membership;
    if (!isOverdue(status) || stripeCardId === null) return;
    const bill = await newestOpenBill(tx, subscriptionId);
    if (!bill) return;
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
