import { eq, sql } from "drizzle-orm";
import { pricePeriods } from "../../drizzle/schema/catalog.ts";
import { listOffers } from "../catalog/index.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { boundaries } from "./campaign-boundary.ts";
import { historyChange, laterOf } from "./price-history.ts";
import { slotKey } from "./price-slot.ts";
import { candidatesFor, openPeriodsOf, type ProductCandidate } from "./queries.ts";
import { offeredAt } from "./resolve-price.ts";

/**
 * Does something that may change what products cost, and keeps the price history true: first up to now by what was known
 * before (a campaign may have begun since the last sweep), then from now by what is known after. Everything that changes
 * a campaign or a default price goes through here. Holds a lock on the history of these products until the transaction ends.
 */
export async function recordPriceChange<T>(
  tx: Tx,
  productIds: readonly string[],
  change: () => Promise<T>,
): Promise<T> {
  await lockHistories(tx, productIds);
  await enterChanges(tx, productIds);
  const result = await change();
  await enterChanges(tx, productIds);
  return result;
}

/**
 * Brings the price history of these products up to now by what is known now: campaigns that have begun or ended since
 * are entered at the very instant they did. Idempotent.
 */
export async function writeHistory(tx: Tx, productIds: readonly string[]): Promise<void> {
  await lockHistories(tx, productIds);
  await enterChanges(tx, productIds);
}

async function enterChanges(tx: Tx, productIds: readonly string[]): Promise<void> {
  if (productIds.length === 0) return;
  const { now } = tx.scope;
  const offers = await listOffers(tx, { productIds });
  const open = new Map((await openPeriodsOf(tx, productIds)).map((period) => [slotKey(period), period]));
  if (offers.length === 0 && open.size === 0) return;
  const candidates = Map.groupBy(await candidatesFor(tx, productIds, now), (candidate) => candidate.productId);
  const prices = new Map(offers.map((offer) => [slotKey(offer.price), offer]));
  for (const [slot, offer] of prices) {
    const about = candidates.get(offer.product.id) ?? [];
    const period = open.get(slot);
    const { closeOpenAt, added } = historyChange(period ?? null, instantsOf(about, now), (at) =>
      offeredAt(offer, about, at),
    );
    if (period && closeOpenAt) await closePeriod(tx, period.id, closeOpenAt);
    const { productId, variantId, currency, interval, intervalCount } = offer.price;
    for (const one of added) {
      const of = { productId, variantId, currency, interval, intervalCount };
      await tx.insert(pricePeriods).values({ ...of, ...one, id: newId("prp") });
    }
  }
  for (const [slot, period] of open) {
    if (!prices.has(slot)) await closePeriod(tx, period.id, laterOf(now, period.fromAt));
  }
}

/** Now, and every start and end before it that the history does not know yet. */
function instantsOf(candidates: readonly ProductCandidate[], now: Date): Date[] {
  const unwritten = candidates.flatMap((candidate) => {
    const { boundaryAt } = candidate;
    return boundaryAt === null ? [] : boundaries(candidate).filter((at) => at >= boundaryAt && at <= now);
  });
  return [...unwritten, now];
}

async function closePeriod(tx: Tx, id: string, untilAt: Date): Promise<void> {
  await tx.update(pricePeriods).set({ untilAt }).where(eq(pricePeriods.id, id));
}

async function lockHistories(tx: Tx, productIds: readonly string[]): Promise<void> {
  if (productIds.length === 0) return;
  const keys = JSON.stringify([...new Set(productIds)].map((id) => `price-history:${id}`));
  // In one order, so that two transactions with products in common wait for each other instead of deadlocking.
  await tx.execute(sql`
    select pg_advisory_xact_lock(key) from (
      select hashtextextended(name, 0) as key from json_array_elements_text(${keys}::json) as name order by 1
    ) keys`);
}
