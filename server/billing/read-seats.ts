import { and, desc, eq, inArray } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import { priceReceipts } from "../../drizzle/schema/pricing.ts";
import { subscriptionChanges } from "../../drizzle/schema/subscription-changes.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { listSeatHolders, PAYERS, readSeats, requireRole } from "../organizations/index.ts";
import { allowedChanges, type Membership, OPEN_CHANGE, readChangeFacts } from "../subscriptions/index.ts";
import { type Reach, reachMembership } from "./own-membership.ts";
import { mostSeats } from "./seat-wish.ts";

const RUNNING = ["trialing", "active", "past_due", "unpaid", "paused"] as const;

/** Why no seats can be bought just now; null: they can. */
export type NoSeats = "no_plan" | "campaign" | "not_sold" | "personal" | "booked" | "busy" | "free" | "not_now";

/**
 * The seats of a company's plan, for those who look after its money: who has them, what is bought beside the plan, what one
 * more costs, and what is booked. Throws `organizations.not_found`, `organizations.role_missing`.
 */
export async function readCompanySeats(tx: Tx, { organizationId }: { organizationId: string }) {
  const { kind, name } = await requireRole(tx, { organizationId, roles: PAYERS });
  const [membership] = await tx
    .select()
    .from(subscriptions)
    .where(and(eq(subscriptions.organizationId, organizationId), inArray(subscriptions.status, [...RUNNING])))
    .orderBy(desc(subscriptions.createdAt), desc(subscriptions.id))
    .limit(1);
  return {
    ...{ organizationId, kind, name },
    seats: await readSeats(tx, organizationId),
    holders: await listSeatHolders(tx, organizationId),
    plan: membership ? await seatsOf(tx, membership) : null,
  };
}

/** The same of one membership, for staff too; null where it is no organization's. Throws `subscriptions.not_found`. */
export async function readSeatsOf(tx: Tx, id: string, reach: Reach) {
  const membership = await reachMembership(tx, id, reach);
  const { organizationId } = membership;
  if (organizationId === null) return null;
  return {
    organizationId,
    seats: await readSeats(tx, organizationId),
    holders: await listSeatHolders(tx, organizationId),
    plan: await seatsOf(tx, membership),
  };
}

async function seatsOf(tx: Tx, membership: Membership) {
  const { id, includedSeats, seatAmount, extraSeats, quantity } = membership;
  const { amount, currency, interval, intervalCount, currentPeriodEndAt, status } = membership;
  const { facts } = await readChangeFacts(tx, id);
  const { personal, most } = await mostSeats(tx, membership);
  const open = await tx
    .select({
      id: subscriptionChanges.id,
      status: subscriptionChanges.status,
      quantity: subscriptionChanges.quantity,
      amount: subscriptionChanges.amount,
      leavers: subscriptionChanges.leavers,
      effectiveAt: subscriptionChanges.effectiveAt,
      expiresAt: subscriptionChanges.expiresAt,
      payUrl: subscriptionChanges.payUrl,
    })
    .from(subscriptionChanges)
    .where(
      and(
        eq(subscriptionChanges.subscriptionId, id),
        eq(subscriptionChanges.kind, "seats"),
        inArray(subscriptionChanges.status, [...OPEN_CHANGE]),
      ),
    )
    .limit(1);
  const [product] = await tx
    .select({ name: products.name })
    .from(products)
    .where(eq(products.id, membership.productId));
  return {
    ...{ id, status, includedSeats, seatAmount, extraSeats, quantity, amount, currency, interval, intervalCount },
    currentPeriodEndAt,
    productName: product?.name ?? null,
    most,
    why: (await whyNone(tx, membership, facts)) ?? (personal && extraSeats === 0 ? "personal" : null),
    /** Until when the plan is free although it was paid for before; null: it is not. */
    freeUntil: facts.freeUntil,
    keep: allowedChanges(facts).keep,
    /** More or fewer seats that are booked, or wait for their payment. */
    change: open[0] ?? null,
  };
}

async function whyNone(
  tx: Tx,
  { seatAmount, priceReceiptId }: Membership,
  facts: Parameters<typeof allowedChanges>[0],
): Promise<NoSeats | null> {
  if (seatAmount === null) {
    const [receipt] = await tx
      .select({ campaignId: priceReceipts.campaignId })
      .from(priceReceipts)
      .where(eq(priceReceipts.id, priceReceiptId));
    return receipt?.campaignId ? "campaign" : "not_sold";
  }
  if (facts.inFlight) return "busy";
  if (facts.scheduledKind === "plan" || facts.scheduledKind === "version") return "booked";
  if (allowedChanges(facts).seats) return null;
  return allowedChanges({ ...facts, freeUntil: null }).seats ? "free" : "not_now";
}
