import type { Tx } from "../kernel/db.ts";
import { addChange } from "./add-change.ts";
import { endRefunds } from "./end-refund.ts";

/**
 * Has a plan ended at once that was paid for after its company had been closed: nobody is left who could use it, change it or end
 * it. What was paid is paid back. Idempotent. Throws as {@link addChange} does.
 */
export async function endForClosed(tx: Tx, subscriptionId: string): Promise<void> {
  const wish = {
    subscriptionId,
    kind: "cancel" as const,
    timing: "now" as const,
    comment: "the company had been closed when it was paid for",
    idempotencyKey: `${subscriptionId}:closed`,
  };
  await addChange(tx, wish, async () => {
    const paid = await endRefunds(tx, subscriptionId);
    return paid ? { refundAmount: paid.full, refundPaymentId: paid.paymentId } : {};
  });
}
