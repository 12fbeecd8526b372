import { and, eq, sql } from "drizzle-orm";
import { payments } from "../../drizzle/schema/payments.ts";
import { invoices, subscriptions } from "../../drizzle/schema/subscriptions.ts";
import { withdrawals } from "../../drizzle/schema/withdrawals.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { transition } from "../kernel/machine.ts";
import { findWithdrawal } from "./find-withdrawal.ts";
import { planApproval } from "./lower-parts.ts";
import { readOwed } from "./read-owed.ts";
import { PAID_BY_BANK } from "./review-withdrawal.ts";
import { withdrawalMachine } from "./withdrawal-status.ts";

/**
 * A dispute was won: its money is the shop's again. A withdrawal that was closed since the bank had paid by that (`closeDisputed`)
 * owes it to the buyer then, and waits for a person. One that was paid back is left alone. Looks at what is true now, so that it may come
 * late and twice. Idempotent, locks the withdrawals. Worker only.
 */
export async function reopenWithdrawals(ctx: Ctx, { paymentId }: { paymentId: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const closed = await tx
      .select({ id: withdrawals.id })
      .from(payments)
      .leftJoin(invoices, eq(invoices.id, payments.invoiceId))
      .leftJoin(subscriptions, eq(subscriptions.id, invoices.subscriptionId))
      .innerJoin(withdrawals, eq(withdrawals.orderId, sql`coalesce(${payments.orderId}, ${subscriptions.orderId})`))
      .where(and(eq(payments.id, paymentId), eq(withdrawals.status, "refunded")))
      .orderBy(withdrawals.id);
    for (const { id } of closed) {
      const { withdrawal, lines } = await findWithdrawal(tx, id, { lock: true });
      const owed = await readOwed(tx, withdrawal, lines);
      if (withdrawal.status !== "refunded" || owed.standing !== "paid" || planApproval(owed).whole === 0) continue;
      const refusal = withdrawal.refusal === PAID_BY_BANK ? null : withdrawal.refusal;
      const again = { refusal, reviewReason: "disputed", completedAt: null } as const;
      await tx.update(withdrawals).set(again).where(eq(withdrawals.id, id));
      await transition(tx, withdrawalMachine, { id, event: "refund_returned", reason: "the dispute was won" });
    }
  });
}
