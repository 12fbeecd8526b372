import { and, asc, eq, isNull } from "drizzle-orm";
import { planMigrationSteps, planMigrations } from "../../drizzle/schema/plan-migrations.ts";
import { subscriptionChanges } from "../../drizzle/schema/subscription-changes.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { DomainError } from "../kernel/errors.ts";
import { newId } from "../kernel/id.ts";
import { enqueue } from "../kernel/job.ts";
import { transition } from "../kernel/machine.ts";
import { resolvePrice, writePriceReceipt } from "../pricing/index.ts";
import { addChange } from "../subscriptions/index.ts";
import { migratePlanJob } from "./jobs.ts";
import { type Mover, readMovers } from "./movers.ts";
import { planMigrationMachine } from "./plan-migration-status.ts";

const PAGE = 50;
type Migration = typeof planMigrations.$inferSelect;

/**
 * Works off a page of a move, or of its undoing: one transaction for each subscription, in which its change is asked for and
 * remembered, or why not. Stopped it stops between two; run again it begins where it was. The next page is a job of its own.
 * Idempotent. Worker only.
 */
export async function migratePage(ctx: Ctx, page: { migrationId: string; after?: string | undefined }): Promise<void> {
  const { migrationId, after = "" } = page;
  const found = await ctx.db.transaction((tx) => readPage(tx, migrationId, after), { readOnly: true });
  if (!found) return;
  for (const subscriptionId of found.ids) {
    const goesOn = await ctx.db.transaction(async (tx) => {
      const migration = await holdMigration(tx, migrationId);
      if (migration?.status !== found.status) return false;
      if (found.status === "running") await moveOne(tx, migration, subscriptionId);
      else await takeBackOne(tx, migration, subscriptionId);
      return true;
    });
    if (!goesOn) return;
  }
  await ctx.db.transaction(async (tx) => {
    const migration = await holdMigration(tx, migrationId);
    if (migration?.status !== found.status) return;
    const last = found.ids.at(-1);
    if (last !== undefined && found.ids.length === PAGE)
      return enqueue(tx, migratePlanJob, { migrationId, after: last });
    const event = found.status === "running" ? "completed" : "undone";
    await transition(tx, planMigrationMachine, { id: migrationId, event });
  });
}

/** Locked against being stopped or undone meanwhile. */
async function holdMigration(tx: Tx, id: string): Promise<Migration | null> {
  const [row] = await tx.select().from(planMigrations).where(eq(planMigrations.id, id)).for("no key update");
  return row ?? null;
}

async function readPage(tx: Tx, id: string, after: string) {
  const [migration] = await tx.select().from(planMigrations).where(eq(planMigrations.id, id));
  if (migration?.status === "running") {
    const movers = await readMovers(tx, migration.fromVersionId, { after, limit: PAGE });
    return { status: migration.status, ids: movers.map((mover) => mover.id) };
  }
  if (migration?.status !== "undoing") return null;
  const steps = await tx
    .select({ id: planMigrationSteps.subscriptionId })
    .from(planMigrationSteps)
    .innerJoin(subscriptionChanges, eq(subscriptionChanges.id, planMigrationSteps.changeId))
    .where(
      and(
        eq(planMigrationSteps.migrationId, id),
        eq(subscriptionChanges.status, "scheduled"),
        isNull(planMigrationSteps.undoChangeId),
        isNull(planMigrationSteps.undoObstacle),
      ),
    )
    .orderBy(asc(planMigrationSteps.subscriptionId))
    .limit(PAGE);
  return { status: migration.status, ids: steps.map((step) => step.id) };
}

async function moveOne(tx: Tx, migration: Migration, subscriptionId: string): Promise<void> {
  const { id: migrationId, fromVersionId } = migration;
  const [step] = await tx
    .insert(planMigrationSteps)
    .values({ id: newId("pls"), migrationId, subscriptionId, createdAt: tx.scope.now })
    .onConflictDoNothing()
    .returning({ id: planMigrationSteps.id });
  if (!step) return;
  await tx.select().from(subscriptions).where(eq(subscriptions.id, subscriptionId)).for("update");
  const [mover] = await readMovers(tx, fromVersionId, { only: subscriptionId, limit: 1 });
  const outcome = await asking(async () => {
    if (!mover) return { obstacle: "gone" };
    if (mover.obstacle !== null) return { obstacle: mover.obstacle };
    return { changeId: await askFor(tx, migration, mover) };
  });
  await tx.update(planMigrationSteps).set(outcome).where(eq(planMigrationSteps.id, step.id));
}

/** The same price is another version and no call; another price is a change of price when the paid period ends. */
async function askFor(tx: Tx, migration: Migration, mover: Mover): Promise<string> {
  const wish = {
    ...{ subscriptionId: mover.id, timing: "period_end" as const, planVersionId: migration.toVersionId },
    ...{ comment: migration.reason, idempotencyKey: `${migration.id}:${mover.id}` },
  };
  if (mover.nextAmount === mover.amount) return addChange(tx, { ...wish, kind: "version" });
  const { productId, currency } = mover;
  return addChange(tx, { ...wish, kind: "plan" }, async (membership) => {
    const price = await resolvePrice(tx, { productId, variantId: mover.variantId ?? undefined, currency });
    const { stripePriceId, interval, intervalCount, amount } = price;
    const owner = { customerId: membership.customerId, accessTokenHash: null };
    const priceReceiptId = await writePriceReceipt(tx, price, owner);
    return {
      productId,
      variantId: price.variant.id,
      stripePriceId,
      amount,
      currency,
      interval,
      intervalCount,
      priceReceiptId,
    };
  });
}

async function takeBackOne(tx: Tx, migration: Migration, subscriptionId: string): Promise<void> {
  const outcome = await asking(async () => {
    const key = `${migration.id}:${subscriptionId}:undo`;
    return { changeId: await addChange(tx, { subscriptionId, kind: "keep", timing: "now", idempotencyKey: key }) };
  });
  const { changeId: undoChangeId = null, obstacle: undoObstacle = null } = outcome;
  const of = and(
    eq(planMigrationSteps.migrationId, migration.id),
    eq(planMigrationSteps.subscriptionId, subscriptionId),
  );
  await tx.update(planMigrationSteps).set({ undoChangeId, undoObstacle }).where(of);
}

/** What is refused is remembered, and the others are moved all the same. */
async function asking(
  ask: () => Promise<{ changeId?: string; obstacle?: string }>,
): Promise<{ changeId?: string; obstacle?: string }> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { obstacle: error.code };
  }
}
