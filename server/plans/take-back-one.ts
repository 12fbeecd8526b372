import { and, eq, isNull } from "drizzle-orm";
import { planMigrationSteps, planMigrations } from "../../drizzle/schema/plan-migrations.ts";
import { subscriptionChanges } from "../../drizzle/schema/subscription-changes.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import { actorName } from "../kernel/actor.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { addChange, type Change, subscriptionErrors } from "../subscriptions/index.ts";
import { planErrors } from "./errors.ts";
import { asking, type Migration } from "./move-one.ts";

export const toTakeBack = (migrationId: string) =>
  and(
    eq(planMigrationSteps.migrationId, migrationId),
    isNull(planMigrationSteps.undoChangeId),
    isNull(planMigrationSteps.undoObstacle),
  );

/**
 * The wish that takes back what a move has booked for one subscription: the same one, whoever asks for it and however often;
 * another one only where the provider has refused it (`refused`: the wish that failed).
 */
const undoing = (
  tx: Tx,
  of: { migrationId: string; subscriptionId: string; refused?: string | null },
  comment?: string,
) =>
  addChange(tx, {
    ...{ subscriptionId: of.subscriptionId, kind: "keep", timing: "now", comment },
    idempotencyKey: [of.migrationId, of.subscriptionId, "undo", ...(of.refused ? [of.refused] : [])].join(":"),
  });

/** Takes back what is booked for one subscription of a move that is undone as a whole. Worker only. */
export async function takeBackOne(tx: Tx, migration: Migration, subscriptionId: string): Promise<void> {
  await tx.select().from(subscriptions).where(eq(subscriptions.id, subscriptionId)).for("no key update");
  const [step] = await tx
    .select({ id: planMigrationSteps.id, status: subscriptionChanges.status })
    .from(planMigrationSteps)
    .innerJoin(subscriptionChanges, eq(subscriptionChanges.id, planMigrationSteps.changeId))
    .where(and(toTakeBack(migration.id), eq(planMigrationSteps.subscriptionId, subscriptionId)));
  // It has gone since the page was read: what is booked now is the member's own, which is not ours to take back.
  if (step?.status !== "scheduled") return;
  const outcome = await asking(async () => ({
    changeId: await undoing(tx, { migrationId: migration.id, subscriptionId }),
  }));
  const { changeId: undoChangeId = null, obstacle: undoObstacle = null } = outcome;
  // Something else is under way: once that is known, this one is looked at again.
  if (undoObstacle === subscriptionErrors.changeInProgress().code) return;
  await tx.update(planMigrationSteps).set({ undoChangeId, undoObstacle }).where(eq(planMigrationSteps.id, step.id));
}

/**
 * Staff leave one subscription where it is, and say why: what a move has booked for it is taken back, again where that was
 * refused; what was only reckoned for it is not begun; what the provider refused to book is left at that, and waits for
 * nobody any more. The others are moved as before. Pressed twice it is taken back once. Audited. Throws `plans.no_migration`,
 * `plans.not_to_take_back` where it is in force, on its way to the provider or gone, and what `addChange` does.
 */
export async function takeBackStep(
  ctx: Ctx,
  { id, stepId, reason }: { id: string; stepId: string; reason: string },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    // The whole move is held before the step, as the worker does.
    await tx.select().from(planMigrations).where(eq(planMigrations.id, id)).for("no key update");
    const [step] = await tx
      .select()
      .from(planMigrationSteps)
      .where(and(eq(planMigrationSteps.id, stepId), eq(planMigrationSteps.migrationId, id)))
      .for("update");
    if (!step) throw planErrors.noMigration();
    const undo = await changeOf(tx, step.undoChangeId);
    if (step.undoReason !== null && undo?.status !== "failed") return;
    const asked = step.changeId === null ? leaveOut(step) : await takeBackChange(tx, step, undo, reason);
    await tx
      .update(planMigrationSteps)
      .set({ ...asked, undoReason: reason, undoBy: actorName(tx.scope.actor) })
      .where(eq(planMigrationSteps.id, stepId));
    await recordAct(tx, { action: "plans.take_back_step", subject: step.subscriptionId, reason });
  });
}

type Step = typeof planMigrationSteps.$inferSelect;
type Asked = Partial<Pick<Step, "obstacle" | "undoChangeId" | "undoObstacle">>;

/** Reckoned and not begun. */
function leaveOut(step: Step): Asked {
  if (step.quote === null || step.obstacle !== null) throw planErrors.notToTakeBack();
  return { obstacle: "left_out" };
}

async function takeBackChange(tx: Tx, step: Step, undo: Change | null, reason: string): Promise<Asked> {
  const change = await changeOf(tx, step.changeId);
  // Nothing came of it: there is nothing to undo.
  if (change?.status === "failed") return {};
  if (change?.status !== "scheduled" || (undo && undo.status !== "failed")) throw planErrors.notToTakeBack();
  const { migrationId, subscriptionId } = step;
  const undoChangeId = await undoing(tx, { migrationId, subscriptionId, refused: undo?.id ?? null }, reason);
  return { undoChangeId, undoObstacle: null };
}

async function changeOf(tx: Tx, id: string | null): Promise<Change | null> {
  const [row] = id === null ? [] : await tx.select().from(subscriptionChanges).where(eq(subscriptionChanges.id, id));
  return row ?? null;
}
