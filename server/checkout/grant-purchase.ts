import { asc, eq } from "drizzle-orm";
import { orderLines } from "../../drizzle/schema/orders.ts";
import { grantCredits } from "../credits/index.ts";
import type { Tx } from "../kernel/db.ts";
import { type Money, minorUnits } from "../kernel/money.ts";
import type { Checkout } from "./find-checkout.ts";

/** What a purchase of credits came to; stored on the event that told of it. */
export type PurchaseGrant = {
  readonly status: "success";
  readonly userId: string;
  /** What this purchase granted. */
  readonly credits: number;
  /** What its owner could spend afterwards. */
  readonly newTotal: number;
};

const DAY_MS = 86_400_000;

/**
 * Grants the credits that a paid order bought: as many as were frozen when the payment page was opened, whatever the
 * catalogue or the page says by now. Once per line of the order: asked again, it answers what the first time did. Null where
 * no credits were bought. The caller holds the checkout locked; the customer's credits are locked last. Enqueues nothing.
 */
export async function grantPurchase(
  tx: Tx,
  checkout: Checkout,
  { orderId, customerId }: { readonly orderId: string; readonly customerId: string },
): Promise<PurchaseGrant | null> {
  const { creditPointer, lines, currency } = checkout;
  if (!creditPointer) return null;
  const ordered = await tx
    .select()
    .from(orderLines)
    .where(eq(orderLines.orderId, orderId))
    .orderBy(asc(orderLines.position));
  let credits = 0;
  let newTotal = 0;
  for (const line of ordered) {
    const frozen = lines[line.position]?.credits;
    if (!frozen) continue;
    const bought = frozen.perUnit * line.quantity;
    const money: Money = { amount: minorUnits(line.totalAmount - line.taxAmount), currency };
    const until = frozen.validDays === null ? null : new Date(tx.scope.now.getTime() + frozen.validDays * DAY_MS);
    const granted = await grantCredits(tx, {
      customerId,
      credits: bought,
      source: "purchase",
      sourceId: line.id,
      key: `purchase:${line.id}`,
      costBasis: "paid",
      money,
      expiresAt: until,
      priority: 0,
      apiKeyId: null,
      feature: null,
    });
    credits += bought;
    newTotal = granted.newTotal;
  }
  return credits === 0 ? null : { status: "success", userId: creditPointer.userId, credits, newTotal };
}
