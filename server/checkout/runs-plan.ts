import { and, eq, inArray, ne } from "drizzle-orm";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";

/** With one of these a second plan would be paid beside the first. */
const LIVE = ["trialing", "active", "past_due", "unpaid", "paused"] as const;

/** The subscription that an organization pays for its plan, `except` for one; null when there is none. */
export async function findRunningPlan(tx: Tx, organizationId: string, except?: string): Promise<string | null> {
  const [row] = await tx
    .select({ id: subscriptions.id })
    .from(subscriptions)
    .where(
      and(
        eq(subscriptions.organizationId, organizationId),
        inArray(subscriptions.status, [...LIVE]),
        except === undefined ? undefined : ne(subscriptions.id, except),
      ),
    )
    .limit(1);
  return row?.id ?? null;
}
