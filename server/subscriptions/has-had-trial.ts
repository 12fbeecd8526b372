import { and, eq, ne } from "drizzle-orm";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";

/** Whether somebody has begun a membership with a trial before, `except` for one: a trial is had once. */
export async function hasHadTrial(tx: Tx, customerId: string, except?: string): Promise<boolean> {
  const rows = await tx
    .select({ id: subscriptions.id })
    .from(subscriptions)
    .where(
      and(
        eq(subscriptions.customerId, customerId),
        subscriptions.hadTrial,
        except === undefined ? undefined : ne(subscriptions.id, except),
      ),
    )
    .limit(1);
  return rows.length > 0;
}
