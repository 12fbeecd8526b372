import { eq } from "drizzle-orm";
import { type INTERVALS, products } from "../../drizzle/schema/catalog.ts";
import { retentionShowings } from "../../drizzle/schema/retention-offers.ts";
import { discountedCharges, reachMembership, resumeDate } from "../billing/index.ts";
import type { Tx } from "../kernel/db.ts";
import { amountOfSeats, discounted, holdsOnPause, unitsOf } from "../subscriptions/index.ts";
import { offerErrors } from "./errors.ts";

/** What somebody was offered and what it comes to for them, as they were shown it. Throws `offers.not_found`. */
export async function readShowing(tx: Tx, showingId: string) {
  const [row] = await tx
    .select({ showing: retentionShowings, productName: products.name })
    .from(retentionShowings)
    .leftJoin(products, eq(products.id, retentionShowings.productId))
    .where(eq(retentionShowings.id, showingId));
  if (!row) throw offerErrors.notFound();
  const { showing, productName } = row;
  const { kind, months, discountBps, renewsAt } = showing;
  const membership = await reachMembership(tx, showing.subscriptionId, "own");
  const off = discountBps === null ? null : { bps: discountBps, amount: null, untilAt: null };
  const charges = kind === "discount" && months ? discountedCharges(membership, months, showing.shownAt) : [];
  return {
    id: showing.id,
    subscriptionId: showing.subscriptionId,
    answer: showing.answer,
    ...{ kind, months, discountBps, renewsAt, productName },
    freeUntilAt: showing.freeUntilAt,
    /** How many of their membership it is for. */
    units: unitsOf(membership),
    /** What is paid per period now, and with the offer; minor units. */
    currency: membership.currency,
    before: membership.amount,
    every: { unit: membership.interval as (typeof INTERVALS)[number], count: membership.intervalCount },
    /** How often the cheaper membership is paid; null where none is offered. */
    afterEvery: showing.interval === null ? null : { unit: showing.interval, count: showing.intervalCount ?? 1 },
    after: showing.amount ?? discounted(membership.amount, off, showing.shownAt, amountOfSeats(membership)),
    /** Off how many charges something is taken, and when the last of them is. */
    charges: charges.length,
    lastAt: charges.at(-1)?.at ?? null,
    /** Of a pause of a plan: whether everything holds meanwhile. */
    holdsOnPause: kind === "pause" && (await holdsOnPause(tx, membership)),
    resumeAt: kind === "pause" && months && renewsAt ? resumeDate(renewsAt, months) : null,
  };
}
