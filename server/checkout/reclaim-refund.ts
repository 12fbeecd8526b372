import { and, eq, ne, sql } from "drizzle-orm";
import { payments } from "../../drizzle/schema/payments.ts";
import { refunds } from "../../drizzle/schema/refunds.ts";
import { raiseAlert } from "../kernel/alert.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { enqueue } from "../kernel/job.ts";
import { reclaimRefundJob } from "./jobs.ts";
import { REFUND_BEHIND_ALERT, squareOrder } from "./square-order.ts";

/** So long the provider may take to be asked about the payment, and so long it is waited for in all. Technical time. */
const LOOK_AGAIN_MS = 5 * 60_000;
const PATIENCE_MS = 2 * 86_400_000;

/**
 * Takes back the credits of a purchase that was paid back: as many as are paid back of each line bought with all refunds made
 * so far, less what the others took, so that it is the same whichever of them ended first; the unspent
 * part of that purchase and of nothing else; what was spent is left to staff. Where the refund failed after all (a bank may
 * return it days later), gives back what it took, but for what those come to that stand, and as soon as no dispute is in the
 * way (`squareOrder`). Looks at what is true now, so that it may come late, twice and in any order; a refund of no credits,
 * or one that is under way, is left alone. Comes back as long as the payment is said to be paid back whole although its refunds
 * come to less: whoever looks at it may be of a release that makes nothing follow of that. After two days a person is told instead
 * (`checkout.refund_behind`, gone by itself once the payment is said to be ours). Locks the order's payments, and then
 * the customer's credits. Worker only.
 */
export async function reclaimRefund(
  ctx: Ctx,
  { refundId, since }: { refundId: string; since?: string | undefined },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [refund] = await tx
      .select({ orderId: refunds.orderId, paymentId: refunds.paymentId, status: refunds.status })
      .from(refunds)
      .where(eq(refunds.id, refundId));
    const ended = refund?.status === "succeeded" || refund?.status === "failed";
    if (!refund?.orderId || !ended) return;
    const bought = await squareOrder(tx, refund.orderId, refundId);
    if (!bought || refund.status !== "failed" || !(await isBehind(tx, refund.paymentId))) return;
    const now = ctx.technical.now();
    const began = since === undefined ? now : new Date(since);
    if (now.getTime() - began.getTime() >= PATIENCE_MS) return tellBehind(tx, refund, refundId);
    const again = { refundId, since: began.toISOString() };
    const runAt = new Date(now.getTime() + LOOK_AGAIN_MS);
    await enqueue(tx, reclaimRefundJob, again, { runAt, key: `${reclaimRefundJob.name}:${refundId}` });
  });
}

/** It was not looked at since one of its refunds failed: what stands of them does not come to the whole any more. */
async function isBehind(tx: Tx, paymentId: string): Promise<boolean> {
  const stands = tx
    .select({ sum: sql`coalesce(sum(${refunds.amount}), 0)` })
    .from(refunds)
    .where(and(eq(refunds.paymentId, paymentId), ne(refunds.status, "failed")));
  const [row] = await tx
    .select({ id: payments.id })
    .from(payments)
    .where(and(eq(payments.id, paymentId), eq(payments.status, "refunded"), sql`${payments.amount} > (${stands})`));
  return row !== undefined;
}

async function tellBehind(tx: Tx, { orderId }: { readonly orderId: string | null }, refundId: string): Promise<void> {
  if (orderId === null) return;
  const detail = `Refund ${refundId} failed, and its payment is said to be paid back whole for two days. The credits that it took are not given back.`;
  await raiseAlert(tx, { kind: REFUND_BEHIND_ALERT, subject: orderId, detail });
}
