import { eq } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import { planVersions } from "../../drizzle/schema/plans.ts";
import type { Tx } from "../kernel/db.ts";
import type { SubscriptionStatus } from "./subscription-status.ts";

const DAY = 86_400_000;

/** Since when a payment is missing, until when all is as before, and when what follows then is due. */
export type Grace = {
  readonly overdueSince: Date | null;
  readonly graceEndsAt: Date | null;
  readonly graceDueAt: Date | null;
};

const NONE: Grace = { overdueSince: null, graceEndsAt: null, graceDueAt: null };

/** Whether a payment is missing. */
export const isOverdue = (status: SubscriptionStatus): boolean => status === "past_due" || status === "unpaid";

/**
 * Grace is counted from the first missing payment and from nothing else: how often and how long the provider tries again
 * moves it neither way, and a second missing payment begins no second grace. Paid, it is gone.
 */
export function graceOf(status: SubscriptionStatus, known: Grace | null, graceDays: number, now: Date): Grace {
  if (!isOverdue(status)) return NONE;
  if (known?.overdueSince && known.graceEndsAt) {
    const { overdueSince, graceEndsAt, graceDueAt } = known;
    return { overdueSince, graceEndsAt, graceDueAt };
  }
  const graceEndsAt = new Date(now.getTime() + graceDays * DAY);
  return { overdueSince: now, graceEndsAt, graceDueAt: graceEndsAt };
}

/** How many days of grace a membership has: by the version of its plan, else by its product. */
export async function graceDaysOf(
  tx: Tx,
  of: { readonly productId: string; readonly planVersionId: string | null },
): Promise<number> {
  const [row] =
    of.planVersionId === null
      ? await tx.select({ days: products.graceDays }).from(products).where(eq(products.id, of.productId))
      : await tx
          .select({ days: planVersions.graceDays })
          .from(planVersions)
          .where(eq(planVersions.id, of.planVersionId));
  return row?.days ?? 0;
}
