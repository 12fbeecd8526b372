import { and, asc, eq, gt, inArray } from "drizzle-orm";
import { planMigrationSteps, planMigrations } from "../../drizzle/schema/plan-migrations.ts";
import { subscriptionChanges } from "../../drizzle/schema/subscription-changes.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { enqueue } from "../kernel/job.ts";
import { transition } from "../kernel/machine.ts";
import { OPEN_CHANGE } from "../subscriptions/index.ts";
import { migratePlanJob, moveNowJob } from "./jobs.ts";
import { type Migration, moveOne } from "./move-one.ts";
import { toBegin } from "./move-quote.ts";
import { readMovers } from "./movers.ts";
import { planMigrationMachine } from "./plan-migration-status.ts";
import { takeBackOne, toTakeBack } from "./take-back-one.ts";

const PAGE = 50;
/** What is still on its way to the provider cannot be taken back yet: it is looked at again after this. Technical time. */
const LOOK_AGAIN_MS = 15_000;

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
    const next = found.status === "running" && migration.timing === "now" ? moveNowJob : migratePlanJob;
    if (last !== undefined && found.ids.length === PAGE) return enqueue(tx, next, { migrationId, after: last });
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
  if (migration?.status === "running" && migration.timing === "now") {
    const steps = await tx
      .select({ id: planMigrationSteps.subscriptionId })
      .from(planMigrationSteps)
      .where(and(toBegin(id), gt(planMigrationSteps.subscriptionId, after)))
      .orderBy(asc(planMigrationSteps.subscriptionId))
      .limit(PAGE);
    return { status: migration.status, ids: steps.map((step) => step.id) };
  }
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
