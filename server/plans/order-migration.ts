import { and, eq, inArray, ne, sql } from "drizzle-orm";
import { type MoveTiming, planMigrations } from "../../drizzle/schema/plan-migrations.ts";
import { planVersions } from "../../drizzle/schema/plans.ts";
import { actorName } from "../kernel/actor.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { begin, transition } from "../kernel/machine.ts";
import { planErrors } from "./errors.ts";
import { liveVersion, type PlanVersion } from "./find-versions.ts";
import { holdsUntil, quotedCount } from "./move-quote.ts";
import { movable, totalMovers } from "./movers.ts";
import { type PlanMigrationStatus, planMigrationMachine } from "./plan-migration-status.ts";

/** Two versions of one plan: the one that somebody is on, and the one on sale. Throws `plans.no_version`, `plans.not_for_move`. */
export async function versionsToMove(tx: Tx, fromVersionId: string): Promise<{ from: PlanVersion; to: PlanVersion }> {
  const [from] = await tx.select().from(planVersions).where(eq(planVersions.id, fromVersionId));
  if (!from) throw planErrors.noVersion();
  const to = await liveVersion(tx, from.planCode);
  if (!to || to.id === from.id) throw planErrors.notForMove({ code: from.planCode });
  return { from, to };
}

/**
 * Staff order everybody who pays for a version to be moved to the one on sale, and say why: each when their paid period ends,
 * and not sooner than `noticeDays` after they are told; or (`now`) all of them at once, when {@link beginMove} has been
 * pressed, before which a job reckons what it costs each of them from this instant on.
 * `shown` is how many the report said: of another number nothing is begun. A job does it in pages. Idempotent by `formKey`.
 * Audited. Throws `plans.move_changed`, `plans.moving` while another move of the plan is under way, and what
 * {@link versionsToMove} does.
 */
export async function orderMigration(
  ctx: Ctx,
  wish: {
    fromVersionId: string;
    toVersionId: string;
    shown: number;
    reason: string;
    noticeDays: number;
    timing: MoveTiming;
    formKey: string;
  },
): Promise<{ id: string }> {
  const { fromVersionId, shown, reason, noticeDays, timing } = wish;
  const idempotencyKey = `${fromVersionId}:${wish.formKey}`;
  return ctx.db.transaction(async (tx) => {
    const known = await byKey(tx, idempotencyKey);
    if (known) return known;
    const { from, to } = await versionsToMove(tx, fromVersionId);
    const found = movable(await totalMovers(tx, from.id));
    if (to.id !== wish.toVersionId || found !== shown || found === 0) throw planErrors.moveChanged({ found });
    const id = newId("plm");
    const [made] = await tx
      .insert(planMigrations)
      .values({
        ...{
          id,
          planCode: from.planCode,
          fromVersionId: from.id,
          toVersionId: to.id,
          subscribers: found,
          reason,
          noticeDays,
          timing,
          // Whole seconds: the provider counts no finer.
          prorationAt: timing === "now" ? new Date(Math.floor(tx.scope.now.getTime() / 1000) * 1000) : null,
        },
        ...{ status: planMigrationMachine.initial, idempotencyKey, createdBy: actorName(tx.scope.actor) },
        createdAt: tx.scope.now,
      })
      .onConflictDoNothing()
      .returning({ id: planMigrations.id });
    if (!made) {
      const other = await byKey(tx, idempotencyKey);
      if (other) return other;
      throw planErrors.moving({ code: from.planCode });
    }
    await begin(tx, planMigrationMachine, { id, reason });
    if (timing === "now") await transition(tx, planMigrationMachine, { id, event: "quotes_asked" });
    await recordAct(tx, { action: "plans.migrate", subject: id, reason });
    return made;
  });
}

async function byKey(tx: Tx, key: string): Promise<{ id: string } | null> {
  const [row] = await tx
    .select({ id: planMigrations.id })
    .from(planMigrations)
    .where(eq(planMigrations.idempotencyKey, key));
  return row ?? null;
}

/** What staff can do with a move, and where it leads. */
export const MIGRATION_ACTS = { stop: "stopped", resume: "resumed", undo: "undo_ordered", drop: "dropped" } as const;
const REACHED: Readonly<Record<keyof typeof MIGRATION_ACTS, readonly PlanMigrationStatus[]>> = {
  stop: ["stopped", "done", "undone"],
  resume: ["running", "done"],
  undo: ["undoing", "undone"],
  drop: ["dropped"],
};

/**
 * Staff stop a move between two of its subscriptions, take it up again, have everything taken back that has not come into
 * force, or drop what was only reckoned. Pressed twice it is done once. Audited. Throws `plans.no_migration`, `plan_migration.illegal_transition`,
 * `plans.moving` while another move of the plan is under way.
 */
export async function steerMigration(
  ctx: Ctx,
  wish: { id: string; act: keyof typeof MIGRATION_ACTS; reason: string },
): Promise<void> {
  const { id, act, reason } = wish;
  await ctx.db.transaction(async (tx) => {
    const [row] = await tx.select().from(planMigrations).where(eq(planMigrations.id, id)).for("update");
    if (!row) throw planErrors.noMigration();
    if (REACHED[act].includes(row.status)) return;
    if (act === "resume" || act === "undo") await requireAlone(tx, row);
    await transition(tx, planMigrationMachine, { id, event: MIGRATION_ACTS[act], reason });
    await recordAct(tx, { action: `plans.${act}_migration`, subject: id, reason });
  });
}

/**
 * Staff have seen what a move now costs each of those it is about, and begin it. `shown` is how many that were: of another
 * number nothing is begun. Pressed twice it is begun once. Audited. Throws `plans.no_migration`, `plans.move_changed`,
 * `plans.quotes_expired`, `plans.moving` while another move of the plan is under way, `plan_migration.illegal_transition`.
 */
export async function beginMove(ctx: Ctx, wish: { id: string; shown: number; reason: string }): Promise<void> {
  const { id, shown, reason } = wish;
  await ctx.db.transaction(async (tx) => {
    const [row] = await tx.select().from(planMigrations).where(eq(planMigrations.id, id)).for("update");
    if (!row?.prorationAt) throw planErrors.noMigration();
    if (row.status === "running" || row.status === "done") return;
    await requireAlone(tx, row);
    if (tx.scope.now > holdsUntil(row.prorationAt)) throw planErrors.quotesExpired();
    const found = await quotedCount(tx, id);
    if (found !== shown || (await liveVersion(tx, row.planCode))?.id !== row.toVersionId)
      throw planErrors.moveChanged({ found });
    await transition(tx, planMigrationMachine, { id, event: "begun", reason });
    await recordAct(tx, { action: "plans.begin_move", subject: id, reason });
  });
}

async function requireAlone(tx: Tx, { id, planCode }: typeof planMigrations.$inferSelect): Promise<void> {
  // Of two that begin at the same moment the later one sees the earlier one, and is told so.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`plan-migration:${planCode}`}, 0))`);
  const { status } = planMigrations;
  const under = and(
    eq(planMigrations.planCode, planCode),
    ne(planMigrations.id, id),
    inArray(status, ["running", "undoing"]),
  );
  const [other] = await tx.select({ id: planMigrations.id }).from(planMigrations).where(under).limit(1);
  if (other) throw planErrors.moving({ code: planCode });
}
