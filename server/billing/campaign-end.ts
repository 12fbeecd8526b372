import { and, desc, eq } from "drizzle-orm";
import { priceReceipts } from "../../drizzle/schema/pricing.ts";
import { subscriptionChanges } from "../../drizzle/schema/subscription-changes.ts";
import type { Tx } from "../kernel/db.ts";
import { type LaterPrice, laterPriceOf } from "../pricing/index.ts";
import { type Membership, renewalDate, unitsOf } from "../subscriptions/index.ts";

export type CampaignEnd = LaterPrice & {
  readonly at: Date;
  readonly campaignId: string;
  readonly productId: string;
  readonly variantId: string | null;
  /** How many are charged for then, each at `unitAmount`; the amount is for all of them. */
  readonly quantity: number;
  readonly unitAmount: number;
};

const MONTH = { interval: "month", intervalCount: 1 };
const DAY = 86_400_000;

/**
 * When the price of a membership ends with its campaign's months, and what follows: as the receipt of the price has it,
 * whatever became of campaign and default price since. Counted from the first period that was paid at it (a trial's months
 * are given besides), and always the end of a period: one that is over already ends with the period that runs. Null: the
 * price holds as long as the membership does.
 */
export async function campaignEndOf(tx: Tx, membership: Membership): Promise<CampaignEnd | null> {
  const { anchorAt, currentPeriodEndAt, priceReceiptId } = membership;
  const [receipt] = await tx.select().from(priceReceipts).where(eq(priceReceipts.id, priceReceiptId));
  const later = receipt ? laterPriceOf(receipt) : null;
  if (!receipt?.campaignId || !later || !anchorAt) return null;
  const [change] = await tx
    .select({ effectiveAt: subscriptionChanges.effectiveAt, completedAt: subscriptionChanges.completedAt })
    .from(subscriptionChanges)
    .where(and(eq(subscriptionChanges.priceReceiptId, priceReceiptId), eq(subscriptionChanges.status, "applied")))
    .orderBy(desc(subscriptionChanges.completedAt))
    .limit(1);
  const from = change?.effectiveAt ?? change?.completedAt ?? anchorAt;
  // Some hours between the change and the period's instant are no month more.
  const least = Math.max(renewalDate(from, MONTH, later.months).getTime() - DAY, currentPeriodEndAt?.getTime() ?? 0);
  let n = 0;
  while (renewalDate(anchorAt, membership, n).getTime() < least) n++;
  const { campaignId, productId, variantId } = receipt;
  const quantity = unitsOf(membership);
  const paid = { quantity, unitAmount: later.amount, amount: later.amount * quantity };
  return { ...later, ...paid, at: renewalDate(anchorAt, membership, n), campaignId, productId, variantId };
}
