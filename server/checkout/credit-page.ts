import { and, desc, eq, isNotNull, or, sql } from "drizzle-orm";
import { checkouts } from "../../drizzle/schema/checkout.ts";
import { orders } from "../../drizzle/schema/orders.ts";
import type { Ctx } from "../kernel/ctx.ts";

/** A purchase of credits that is paid for and not granted yet, or of which nobody knows yet whether it is. */
export type PendingCredits = { readonly credits: number; readonly startedAt: Date; readonly unknown: boolean };

/** For how long an unfinished page is spoken of. */
const RECENT_MS = 3 * 86_400_000;

/** Purchases whose credits are on their way: the bank is working, or has not answered. Only looks. */
export async function pendingCredits(ctx: Ctx, customerId: string): Promise<PendingCredits[]> {
  return ctx.db.transaction(
    async (tx) => {
      const since = new Date(tx.scope.now.getTime() - RECENT_MS);
      const rows = await tx
        .select({
          lines: checkouts.lines,
          createdAt: checkouts.createdAt,
          status: checkouts.status,
          order: orders.status,
        })
        .from(checkouts)
        .leftJoin(orders, eq(orders.checkoutId, checkouts.id))
        .where(
          and(
            eq(checkouts.customerId, customerId),
            isNotNull(checkouts.creditPointer),
            or(
              eq(orders.status, "awaiting_payment"),
              and(eq(checkouts.status, "unknown"), sql`${checkouts.createdAt} > ${since.toISOString()}::timestamptz`),
            ),
          ),
        )
        .orderBy(desc(checkouts.createdAt))
        .limit(20);
      return rows.map(({ lines, createdAt, status }) => ({
        credits: lines.reduce((sum, line) => sum + (line.credits?.perUnit ?? 0) * line.quantity, 0),
        startedAt: createdAt,
        unknown: status === "unknown",
      }));
    },
    { readOnly: true },
  );
}
