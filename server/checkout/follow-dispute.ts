import { and, asc, eq } from "drizzle-orm";
import { payments, paymentTransitions } from "../../drizzle/schema/payments.ts";
import { reclaimPurchase } from "../credits/index.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { boughtCredits } from "./bought-credits.ts";
import { lockMoney, squareOrder } from "./square-order.ts";
import { stopTopUp } from "./stop-top-up.ts";

/** Then the money is ours, as far as it was not paid back by us. */
const OURS: readonly string[] = ["paid", "partially_refunded"];

/**
 * A cardholder disputes the payment of credits: what is unspent of that purchase cannot be spent any more, what was spent is
 * put before staff, and no saved card is charged by itself until its owner has looked. Lost, that stays so; won, all of it
 * comes back, but for what refunds come to that were made meanwhile. Looks at what is true now, so that it may come late,
 * twice and in any order. Locks the order's payments, then the customer's credits. Worker only.
 */
export async function followDispute(ctx: Ctx, { paymentId }: { paymentId: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [wanted] = await tx.select({ orderId: payments.orderId }).from(payments).where(eq(payments.id, paymentId));
    if (!wanted?.orderId) return;
    const payment = (await lockMoney(tx, wanted.orderId)).find(({ id }) => id === paymentId);
    if (!payment) return;
    const bought = await boughtCredits(tx, wanted.orderId);
    const { lines } = bought;
    if (lines.length === 0) return;
    const disputes = await disputesOf(tx, paymentId);
    const keyOf = (dispute: number, line: { readonly id: string }) => `dispute:${dispute}:${line.id}`;
    const latest = disputes.at(-1);
    if (payment.status === "disputed" && latest !== undefined) {
      // Before anything is taken: what is missing then must not be bought anew with the card of whoever disputes it.
      await stopTopUp(tx, { customerId: payment.customerId, reason: "disputed" });
      for (const line of lines)
        await reclaimPurchase(tx, { sourceId: line.id, key: keyOf(latest, line), cause: "dispute" });
    }
    if (OURS.includes(payment.status))
      await squareOrder(tx, bought, { won: (line) => disputes.map((dispute) => keyOf(dispute, line)) });
  });
}

/** Each time that it was disputed, the first first: won and disputed anew, it is another. */
async function disputesOf(tx: Tx, paymentId: string): Promise<number[]> {
  const rows = await tx
    .select({ id: paymentTransitions.id })
    .from(paymentTransitions)
    .where(and(eq(paymentTransitions.subjectId, paymentId), eq(paymentTransitions.event, "disputed")))
    .orderBy(asc(paymentTransitions.at), asc(paymentTransitions.id));
  return rows.map(({ id }) => id);
}
