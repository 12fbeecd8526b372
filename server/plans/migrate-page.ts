import { and, asc, eq, gt, inArray, isNull } from "drizzle-orm";
import { planMigrationSteps, planMigrations } from "../../drizzle/schema/plan-migrations.ts";
import { subscriptionChanges } from "../../drizzle/schema/subscription-changes.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { DomainError } from "../kernel/errors.ts";
import { newId } from "../kernel/id.ts";
import { enqueue } from "../kernel/job.ts";
import { transition } from "../kernel/machine.ts";
import { resolveRegularPrice, writePriceReceipt } from "../pricing/index.ts";
import { addChange, OPEN_CHANGE, subscriptionErrors } from "../subscriptions/index.ts";
import { holdVersion } from "./find-versions.ts";
import { migratePlanJob } from "./jobs.ts";
import { type Mover, readMovers } from "./movers.ts";
import { planMigrationMachine } from "./plan-migration-status.ts";

const PAGE = 50;
/** What is still on its way to the provider cannot be taken back yet: it is looked at again after this. Technical time. */
const LOOK_AGAIN_MS = 15_000;
type Migration = typeof planMigrations.$inferSelect;

/**
 * Works off a page of a move, or of its undoing: one transaction for each subscription, in which its change is asked for and
 * remembered, or why not. Stopped it stops between two; run again it begins where it was. The next page is a job of its own.
 * It is undone once nothing that it asked for can come into force any more. Idempotent. Worker only.
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
    const runAt = new Date(ctx.technical.now().getTime() + LOOK_AGAIN_MS);
    if (found.status === "undoing" && (await isOpen(tx, migrationId)))
      return enqueue(tx, migratePlanJob, { migrationId }, { runAt, key: `${migratePlanJob.name}:${migrationId}` });
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
    const { fromVersionId, noticeDays } = migration;
    const movers = await readMovers(tx, fromVersionId, { after, limit: PAGE, noticeDays });
    return { status: migration.status, ids: movers.map((mover) => mover.id) };
  }
  if (migration?.status !== "undoing") return null;
  const steps = await tx
    .select({ id: planMigrationSteps.subscriptionId })
    .from(planMigrationSteps)
    .innerJoin(subscriptionChanges, eq(subscriptionChanges.id, planMigrationSteps.changeId))
    .where(
      and(toTakeBack(id), eq(subscriptionChanges.status, "scheduled"), gt(planMigrationSteps.subscriptionId, after)),
    )
    .orderBy(asc(planMigrationSteps.subscriptionId))
    .limit(PAGE);
  return { status: migration.status, ids: steps.map((step) => step.id) };
}

const toTakeBack = (migrationId: string) =>
  and(
    eq(planMigrationSteps.migrationId, migrationId),
    isNull(planMigrationSteps.undoChangeId),
    isNull(planMigrationSteps.undoObstacle),
  );

/** Whether anything that was asked for may still come into force, and nobody has tried to take it back. */
async function isOpen(tx: Tx, migrationId: string): Promise<boolean> {
  const [one] = await tx
    .select({ id: planMigrationSteps.id })
    .from(planMigrationSteps)
    .innerJoin(subscriptionChanges, eq(subscriptionChanges.id, planMigrationSteps.changeId))
    .where(and(toTakeBack(migrationId), inArray(subscriptionChanges.status, [...OPEN_CHANGE])))
    .limit(1);
  return one !== undefined;
}

async function moveOne(tx: Tx, migration: Migration, subscriptionId: string): Promise<void> {
  const { id: migrationId, fromVersionId, noticeDays } = migration;
  const [step] = await tx
    .insert(planMigrationSteps)
    .values({ id: newId("pls"), migrationId, subscriptionId, createdAt: tx.scope.now })
    .onConflictDoNothing()
    .returning({ id: planMigrationSteps.id });
  if (!step) return;
  await tx.select().from(subscriptions).where(eq(subscriptions.id, subscriptionId)).for("update");
  const [mover] = await readMovers(tx, fromVersionId, { only: subscriptionId, limit: 1, noticeDays });
  const outcome = await asking(async () => {
    if (!mover) return { obstacle: "gone" };
    if (mover.obstacle !== null) return { obstacle: mover.obstacle };
    // Prices are those of the version on sale: of another nobody can be asked for what it costs.
    if ((await holdVersion(tx, migration.toVersionId))?.status !== "published") return { obstacle: "no_price" };
    return { changeId: await askFor(tx, migration, mover) };
  });
  await tx.update(planMigrationSteps).set(outcome).where(eq(planMigrationSteps.id, step.id));
}

/** The same price is another version and no call; another price, as it was shown without campaigns, is a change when the paid period ends, or the first one after the notice. */
async function askFor(tx: Tx, migration: Migration, mover: Mover): Promise<string> {
  const wish = {
    ...{ subscriptionId: mover.id, timing: "period_end" as const, planVersionId: migration.toVersionId },
    ...{ comment: migration.reason, idempotencyKey: `${migration.id}:${mover.id}` },
    // Only where the period ends too soon for the notice is another day named.
    effectiveAt: mover.at?.getTime() === mover.endsAt?.getTime() ? null : mover.at,
  };
  if (mover.nextAmount === mover.amount) return addChange(tx, { ...wish, kind: "version" });
  const { productId, currency } = mover;
  return addChange(tx, { ...wish, kind: "plan" }, async (membership) => {
    const price = await resolveRegularPrice(tx, { productId, variantId: mover.variantId ?? undefined, currency });
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
  await tx.select().from(subscriptions).where(eq(subscriptions.id, subscriptionId)).for("no key update");
  const [step] = await tx
    .select({ id: planMigrationSteps.id, status: subscriptionChanges.status })
    .from(planMigrationSteps)
    .innerJoin(subscriptionChanges, eq(subscriptionChanges.id, planMigrationSteps.changeId))
    .where(and(toTakeBack(migration.id), eq(planMigrationSteps.subscriptionId, subscriptionId)));
  // It has gone since the page was read: what is booked now is the member's own, which is not ours to take back.
  if (step?.status !== "scheduled") return;
  const outcome = await asking(async () => {
    const key = `${migration.id}:${subscriptionId}:undo`;
    return { changeId: await addChange(tx, { subscriptionId, kind: "keep", timing: "now", idempotencyKey: key }) };
  });
  const { changeId: undoChangeId = null, obstacle: undoObstacle = null } = outcome;
  // Something else is under way: once that is known, this one is looked at again.
  if (undoObstacle === subscriptionErrors.changeInProgress().code) return;
  await tx.update(planMigrationSteps).set({ undoChangeId, undoObstacle }).where(eq(planMigrationSteps.id, step.id));
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
