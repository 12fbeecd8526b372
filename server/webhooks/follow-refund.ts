import { eq } from "drizzle-orm";
import { payments } from "../../drizzle/schema/payments.ts";
import { refunds } from "../../drizzle/schema/refunds.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Providers } from "../ports.ts";
import { followPayment } from "./stripe-parents.ts";

/**
 * Brings the payment of a refund, and what it paid, up to date without waiting for the provider's notice: with webhooks
 * lost the shop still comes right. Idempotent; a refund that is gone is left alone.
 */
export async function followRefund(ctx: Ctx<Providers>, { refundId }: { refundId: string }): Promise<void> {
  const [row] = await ctx.db.transaction((tx) =>
    tx
      .select({ externalId: payments.externalId })
      .from(refunds)
      .innerJoin(payments, eq(payments.id, refunds.paymentId))
      .where(eq(refunds.id, refundId)),
  );
  if (row) await followPayment(ctx, row.externalId, async () => {});
}
