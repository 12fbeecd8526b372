import { and, eq } from "drizzle-orm";
import { planMigrationSteps, type planMigrations } from "../../drizzle/schema/plan-migrations.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { DomainError } from "../kernel/errors.ts";
import { newId } from "../kernel/id.ts";
import { writePriceReceipt } from "../pricing/index.ts";
import { addChange, type ChangeWish, type Membership } from "../subscriptions/index.ts";
import { holdVersion } from "./find-versions.ts";
import { holdsUntil, isAsQuoted, priceToMoveTo, toBegin } from "./move-quote.ts";
import { type Mover, readMovers } from "./movers.ts";

export type Migration = typeof planMigrations.$inferSelect;
type Outcome = { changeId?: string; obstacle?: string };
type Step = typeof planMigrationSteps.$inferSelect;

/** Asks for the change of one subscription and remembers it, or why not. Of a move now only whoever was reckoned is moved. */
export async function moveOne(tx: Tx, migration: Migration, subscriptionId: string): Promise<void> {
  const { fromVersionId, noticeDays } = migration;
  const step = await takeStep(tx, migration, subscriptionId);
  if (!step) return;
  const [membership] = await tx
    .select()
    .from(subscriptions)
    .where(eq(subscriptions.id, subscriptionId))
    .for("no key update");
  const [mover] = await readMovers(tx, fromVersionId, { only: subscriptionId, limit: 1, noticeDays });
  const outcome = await asking(async () => {
    if (!mover || !membership) return { obstacle: "gone" };
    if (mover.obstacle !== null) return { obstacle: mover.obstacle };
    // Prices are those of the version on sale: of another nobody can be asked for what it costs.
    if ((await holdVersion(tx, migration.toVersionId))?.status !== "published") return { obstacle: "no_price" };
    if (migration.timing === "period_end") return { changeId: await bookChange(tx, migration, mover) };
    return moveNow(tx, migration, mover, membership, step);
  });
  await tx.update(planMigrationSteps).set(outcome).where(eq(planMigrationSteps.id, step.id));
}

/** The step of a subscription that nothing has been done about: of a move for later it is made here, once. */
async function takeStep(tx: Tx, migration: Migration, subscriptionId: string): Promise<Step | null> {
  const { id: migrationId, timing } = migration;
  const mine = eq(planMigrationSteps.subscriptionId, subscriptionId);
  const [step] =
    timing === "now"
      ? await tx
          .select()
          .from(planMigrationSteps)
          .where(and(toBegin(migrationId), mine))
          .for("update")
      : await tx
          .insert(planMigrationSteps)
          .values({ id: newId("pls"), migrationId, subscriptionId, createdAt: tx.scope.now })
          .onConflictDoNothing()
          .returning();
  return step ?? null;
}

const wishOf = (migration: Migration, mover: Mover) => ({
  ...{ subscriptionId: mover.id, planVersionId: migration.toVersionId, comment: migration.reason },
  idempotencyKey: `${migration.id}:${mover.id}`,
});

/** The same price, of seats too, is another version and no call; another price, as it was shown without campaigns, is a change when the paid period ends, or the first one after the notice. */
async function bookChange(tx: Tx, migration: Migration, mover: Mover): Promise<string> {
  const wish = {
    ...{ ...wishOf(migration, mover), timing: "period_end" as const },
    // Only where the period ends too soon for the notice is another day named.
    effectiveAt: mover.at?.getTime() === mover.endsAt?.getTime() ? null : mover.at,
  };
  if (mover.sameTerms) return addChange(tx, { ...wish, kind: "version" });
  return addChange(tx, { ...wish, kind: "plan" }, (membership) => priced(tx, mover, membership));
}

/** At the price, from the instant and for the sum that were shown; where anything of it is another by now, not at all. */
async function moveNow(tx: Tx, migration: Migration, mover: Mover, membership: Membership, step: Step) {
  const { quote } = step;
  const { prorationAt } = migration;
  if (!quote || !prorationAt || tx.scope.now > holdsUntil(prorationAt) || !isAsQuoted(quote, mover, membership))
    return { obstacle: "quote_expired" };
  const wish = { ...wishOf(migration, mover), timing: "now" as const, quote: quote.preview };
  if (quote.stripePriceId === null) return { changeId: await addChange(tx, { ...wish, kind: "version" }) };
  const details = await priced(tx, mover, membership);
  if (details.stripePriceId !== quote.stripePriceId) return { obstacle: "quote_expired" };
  const counted = mover.status === "trialing" ? null : prorationAt;
  return { changeId: await addChange(tx, { ...wish, ...details, kind: "plan", prorationAt: counted }) };
}

async function priced(tx: Tx, mover: Mover, { customerId }: Membership): Promise<Partial<ChangeWish>> {
  const { productId, currency } = mover;
  const price = await priceToMoveTo(tx, mover);
  const { stripePriceId, interval, intervalCount } = price;
  const seats = { quantity: mover.nextQuantity, extraSeats: mover.nextExtraSeats };
  const amount = mover.nextAmount ?? price.amount;
  const priceReceiptId = await writePriceReceipt(tx, price, { customerId, accessTokenHash: null });
  const variantId = price.variant.id;
  return { productId, variantId, stripePriceId, amount, currency, interval, intervalCount, ...seats, priceReceiptId };
}

/** What is refused is remembered, and the others are moved all the same. */
export async function asking(ask: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { obstacle: error.code };
  }
}
