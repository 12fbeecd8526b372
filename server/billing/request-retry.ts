import { and, desc, eq } from "drizzle-orm";
import { invoices } from "../../drizzle/schema/subscriptions.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { addChange, subscriptionErrors } from "../subscriptions/index.ts";
import { type Reach, reachMembership } from "./own-membership.ts";

/**
 * What is overdue is charged now, to the card that is on file; the provider's own tries go on beside it. Never twice at
 * once. Idempotent by `formKey`. Throws `subscriptions.not_found`, `subscriptions.change_in_progress`,
 * `subscriptions.change_not_allowed`, `subscriptions.nothing_due`.
 */
export async function requestRetry(
  ctx: Ctx,
  request: { readonly id: string; readonly formKey: string },
  reach: Reach,
): Promise<{ changeId: string }> {
  const { id, formKey } = request;
  return ctx.db.transaction(async (tx) => {
    await reachMembership(tx, id, reach);
    const wish = {
      subscriptionId: id,
      kind: "retry",
      timing: "now",
      idempotencyKey: `${id}:retry:${formKey}`,
    } as const;
    const changeId = await addChange(tx, wish, async () => {
      const open = await newestOpenBill(tx, id);
      if (!open) throw subscriptionErrors.nothingDue();
      return open;
    });
    return { changeId };
  });
}

/** The newest of what is unpaid: when that is paid, the older ones were before it. Null: nothing is. */
export async function newestOpenBill(tx: Tx, subscriptionId: string): Promise<{ stripeInvoiceId: string } | null> {
  const [open] = await tx
    .select({ stripeInvoiceId: invoices.stripeInvoiceId })
    .from(invoices)
    .where(and(eq(invoices.subscriptionId, subscriptionId), eq(invoices.status, "open")))
    .orderBy(desc(invoices.createdAt), desc(invoices.id))
    .limit(1);
  return open ?? null;
}
