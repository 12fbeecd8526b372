import { and, asc, eq, isNotNull } from "drizzle-orm";
import { checkouts } from "../../drizzle/schema/checkout.ts";
import { creditGrants } from "../../drizzle/schema/credits.ts";
import { orderLines, orders } from "../../drizzle/schema/orders.ts";
import { grantCredits, totalAfter } from "../credits/index.ts";
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

/**
 * What the purchase that was paid on a page has granted, as it was said then; null where it bought no credits, or none were
 * granted yet. Only looks: for whoever tells of a payment that was worked off before.
 */
export async function findPurchaseGrant(tx: Tx, stripeSessionId: string): Promise<PurchaseGrant | null> {
  const rows = await tx
    .select({ pointer: checkouts.creditPointer, grant: creditGrants })
    .from(checkouts)
    .innerJoin(orders, eq(orders.checkoutId, checkouts.id))
    .innerJoin(orderLines, eq(orderLines.orderId, orders.id))
    .innerJoin(creditGrants, and(eq(creditGrants.sourceId, orderLines.id), eq(creditGrants.source, "purchase")))
    .where(and(eq(checkouts.stripeSessionId, stripeSessionId), isNotNull(checkouts.creditPointer)))
    .orderBy(asc(orderLines.position));
  const last = rows.at(-1);
  if (!last?.pointer) return null;
  const newTotal = await totalAfter(tx, last.grant.customerId, last.grant.id);
  const credits = rows.reduce((sum, { grant }) => sum + grant.credits, 0);
  return { status: "success", userId: last.pointer.userId, credits, newTotal };
}
