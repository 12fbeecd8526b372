import { and, eq, ne, or } from "drizzle-orm";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";

/** Who a trial is given to: a person, and the organization that they buy for. */
export type TrialTaker = { readonly customerId: string | null; readonly organizationId: string | null };

/** Whether a person or their organization has begun a membership with a trial before, `except` for one: a trial is had once. */
export async function hasHadTrial(
  tx: Tx,
  { customerId, organizationId }: TrialTaker,
  except?: string,
): Promise<boolean> {
  const theirs = or(
    customerId === null ? undefined : eq(subscriptions.customerId, customerId),
    organizationId === null ? undefined : eq(subscriptions.organizationId, organizationId),
  );
  if (!theirs) return false;
  const rows = await tx
    .select({ id: subscriptions.id })
    .from(subscriptions)
    .where(and(theirs, subscriptions.hadTrial, except === undefined ? undefined : ne(subscriptions.id, except)))
    .limit(1);
  return rows.length > 0;
}
