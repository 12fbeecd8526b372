import { and, eq, sql } from "drizzle-orm";
import { creditGrants } from "../../drizzle/schema/credits.ts";
import type { Tx } from "../kernel/db.ts";
import { askedBefore, refundedBefore } from "./reclaim-purchase.ts";

/**
 * How many credits of a purchase its refunds have asked back by now, in any state, and how many more they could: unspent, held
 * by reservations, or spent without anybody having been asked about them. What has run out is in neither.
 */
export async function purchaseStanding(tx: Tx, sourceId: string): Promise<{ asked: number; left: number }> {
  const { remaining, held, owedBack, used } = creditGrants;
  const sum = (of: ReturnType<typeof sql>) => sql<string>`coalesce(sum(${of}), 0)`.mapWith(Number);
  const [row] = await tx
    .select({ unspent: sum(sql`${remaining} + ${held} - ${owedBack}`), used: sum(sql`${used}`) })
    .from(creditGrants)
    .where(and(eq(creditGrants.sourceId, sourceId), eq(creditGrants.source, "purchase")));
  const { unspent = 0, used: spent = 0 } = row ?? {};
  const asked = await refundedBefore(tx, sourceId);
  return { asked, left: unspent + Math.max(0, spent - (await askedBefore(tx, sourceId))) };
}
