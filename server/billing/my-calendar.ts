import { and, eq, inArray, isNull } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import { subscriptionChanges } from "../../drizzle/schema/subscription-changes.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { writtenOnce } from "../kernel/written-once.ts";
import {
  amountOfSeats,
  type Change,
  discountOf,
  type Membership,
  renewalDate,
  unitsOf,
} from "../subscriptions/index.ts";
import { campaignEndOf } from "./campaign-end.ts";
import { type Charge, chargeCalendar, chargedOf } from "./charge-calendar.ts";
import { unpaidInvoice } from "./life-queries.ts";

const YEAR = { interval: "year", intervalCount: 1 };
/** More memberships than anybody has at once. */
const MOST = 50;

/**
 * Every charge of the coming twelve months for all of a customer's memberships, soonest first, as long as they change
 * nothing. Amounts in minor units, tax included.
 */
export async function myCalendar(tx: Tx, customerId: string) {
  const { now } = tx.scope;
  const until = renewalDate(now, YEAR, 1);
  const rows = await running(tx, { customerId });
  const names = await namesOf(
    tx,
    rows.flatMap(({ change }) => change?.productId ?? []),
  );
  const all = [];
  for (const { membership, productName, change } of rows) {
    const { effectiveAt: at = null, amount = null, interval = null, intervalCount = null } = change ?? {};
    // The end of a campaign's months that is not booked yet (in a trial) comes all the same.
    const scheduled =
      at && amount !== null && interval && intervalCount
        ? { at, amount, interval, intervalCount, ofSeats: bookedSeats(change, membership) }
        : await campaignEndOf(tx, membership);
    const unpaid = await unpaidInvoice(tx, membership.id);
    const { status, stripeCardId, trialWithoutCard: end } = membership;
    const withoutCard = status === "trialing" && stripeCardId === null && (end === "cancel" || end === "pause");
    const discount = discountOf(membership);
    const ofSeats = amountOfSeats(membership);
    const charges = chargeCalendar({ ...membership, ofSeats, scheduled, unpaid, discount, withoutCard }, now, until);
    const [units, booked] = [unitsOf(membership), change?.quantity ?? null];
    const nameOn = ({ at: on }: Charge) =>
      (scheduled && on >= scheduled.at ? names.get(change?.productId ?? "") : undefined) ?? productName;
    for (const charge of charges)
      all.push({
        ...charge,
        subscriptionId: membership.id,
        productName: nameOn(charge),
        /** How many of a person's membership it is for. */
        units: scheduled && charge.at >= scheduled.at && membership.organizationId === null ? (booked ?? units) : units,
        currency: membership.currency,
        ...{ payer: membership.stripeCustomerId ?? membership.id, kept: membership.balanceAmount },
      });
  }
  const bills = Map.groupBy(all, ({ payer, currency }) => `${payer}:${currency}`);
  const charges = [...bills.values()].flatMap((ofOne) => {
    const inOrder = ofOne.toSorted((a, b) => a.at.getTime() - b.at.getTime());
    return chargedOf(inOrder, inOrder[0]?.kept ?? 0, inOrder[0]?.currency ?? "");
  });
  return {
    until,
    charges: charges.map(({ payer, kept, ...charge }) => charge).toSorted((a, b) => a.at.getTime() - b.at.getTime()),
  };
}

/** What of a booked sum is for seats: of another number of them at the present price. */
function bookedSeats(change: Change | null, { seatAmount }: Membership): number {
  return change?.kind === "seats" ? amountOfSeats({ extraSeats: change.extraSeats ?? 0, seatAmount }) : 0;
}

const running = writtenOnce(["customerId"], (tx, { customerId }) =>
  tx
    .select({ membership: subscriptions, productName: products.name, change: subscriptionChanges })
    .from(subscriptions)
    .innerJoin(products, eq(products.id, subscriptions.productId))
    .leftJoin(
      subscriptionChanges,
      and(
        eq(subscriptionChanges.subscriptionId, subscriptions.id),
        eq(subscriptionChanges.status, "scheduled"),
        inArray(subscriptionChanges.kind, ["plan", "seats", "units"]),
      ),
    )
    .where(and(eq(subscriptions.customerId, customerId), isNull(subscriptions.endedAt)))
    .limit(MOST),
);

async function namesOf(tx: Tx, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, typeof products.$inferSelect.name>();
  const rows = await tx
    .select({ id: products.id, name: products.name })
    .from(products)
    .where(inArray(products.id, [...ids]));
  return new Map(rows.map(({ id, name }) => [id, name]));
}
