import { and, count, eq, inArray, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { customers } from "../../drizzle/schema/identity.ts";
import { organizations } from "../../drizzle/schema/organizations.ts";
import { type MoveQuote, planMigrationSteps, planMigrations } from "../../drizzle/schema/plan-migrations.ts";
import { planVersions } from "../../drizzle/schema/plans.ts";
import { subscriptionChanges } from "../../drizzle/schema/subscription-changes.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { withWho } from "../kernel/names.ts";
import { keyset } from "../kernel/page.ts";
import { planErrors } from "./errors.ts";
import { versionFacts } from "./migration-queries.ts";
import { costOfMove, holdsUntil, quotedCount } from "./move-quote.ts";
import type { PlanMigrationStatus } from "./plan-migration-status.ts";

/** How a move stands: how many of each outcome, what a move now costs them, and a page of its subscriptions; `step`: beside them one of them. Throws `plans.no_migration`. */
export async function readMigration(
  tx: Tx,
  input: { id: string; step?: string | undefined; cursor?: string | undefined; limit: number },
) {
  const [migration] = await tx.select().from(planMigrations).where(eq(planMigrations.id, input.id));
  if (!migration) throw planErrors.noMigration();
  const versions = await tx
    .select()
    .from(planVersions)
    .where(inArray(planVersions.id, [migration.fromVersionId, migration.toVersionId]));
  const outcome = sql<string>`coalesce(${planMigrationSteps.obstacle}, ${subscriptionChanges.status},
    case when ${planMigrationSteps.quote} is null then 'gone' else 'quoted' end)`;
  const counts = await tx
    .select({ outcome, skipped: sql<boolean>`${planMigrationSteps.changeId} is null`, count: count() })
    .from(planMigrationSteps)
    .leftJoin(subscriptionChanges, eq(subscriptionChanges.id, planMigrationSteps.changeId))
    .where(eq(planMigrationSteps.migrationId, migration.id))
    .groupBy(sql`1, 2`)
    .orderBy(sql`2, 1`);
  const { createdAt, id } = planMigrationSteps;
  const place = keyset(input, { by: createdAt, id, type: "timestamptz", direction: "asc" });
  const undo = alias(subscriptionChanges, "undo");
  const steps = (which: SQL | undefined) =>
    tx
      .select({
        ...{ id, subscriptionId: planMigrationSteps.subscriptionId, obstacle: planMigrationSteps.obstacle },
        ...{ quote: planMigrationSteps.quote, undoReason: planMigrationSteps.undoReason },
        ...{ undoBy: planMigrationSteps.undoBy, undoStatus: undo.status },
        ...{ undoObstacle: planMigrationSteps.undoObstacle, kind: subscriptionChanges.kind },
        ...{ status: subscriptionChanges.status, failureCode: subscriptionChanges.failureCode },
        ...{ effectiveAt: subscriptionChanges.effectiveAt, amount: subscriptionChanges.amount },
        ...{ before: subscriptions.amount, currency: subscriptions.currency, interval: subscriptions.interval },
        organizationId: organizations.id,
        organizationName: organizations.name,
        email: customers.email,
        cursorAt: place.cursorAt,
      })
      .from(planMigrationSteps)
      .innerJoin(subscriptions, eq(subscriptions.id, planMigrationSteps.subscriptionId))
      .innerJoin(customers, eq(customers.id, subscriptions.customerId))
      .leftJoin(organizations, eq(organizations.id, subscriptions.organizationId))
      .leftJoin(subscriptionChanges, eq(subscriptionChanges.id, planMigrationSteps.changeId))
      .leftJoin(undo, eq(undo.id, planMigrationSteps.undoChangeId))
      .where(and(eq(planMigrationSteps.migrationId, migration.id), which))
      .orderBy(...place.orderBy);
  const rows = await steps(place.condition).limit(place.limit);
  const [chosen] = input.step === undefined ? [] : await steps(eq(id, input.step));
  const versionOf = (versionId: string) => {
    const found = versions.find((version) => version.id === versionId);
    return found ? versionFacts(found) : null;
  };
  const page = place.page(rows);
  const [by] = await withWho(tx, [migration], ({ createdBy }) => createdBy);
  return {
    who: by?.who ?? null,
    ...{ id: migration.id, planCode: migration.planCode, status: migration.status, reason: migration.reason },
    ...{ noticeDays: migration.noticeDays, timing: migration.timing, prorationAt: migration.prorationAt },
    ...(migration.prorationAt === null
      ? { quotesHoldUntil: null, quoted: 0, costs: [] }
      : {
          quotesHoldUntil: holdsUntil(migration.prorationAt),
          quoted: await quotedCount(tx, migration.id),
          costs: await costOfMove(tx, migration.id),
        }),
    ...{ subscribers: migration.subscribers, createdBy: migration.createdBy, createdAt: migration.createdAt },
    from: versionOf(migration.fromVersionId),
    to: versionOf(migration.toVersionId),
    counts,
    ...page,
    items: page.items.map((step) => told(step, migration.status)),
    chosen: chosen ? told(chosen, migration.status) : null,
  };
}

type Read = {
  readonly quote: MoveQuote | null;
  readonly status: string | null;
  readonly obstacle: string | null;
  readonly undoStatus: string | null;
  readonly undoReason: string | null;
  readonly amount: number | null;
  readonly before: number;
};

/** A step as it is shown: what it costs before and after, what moving now costs at once, and whether it can be taken back alone. */
function told<Row extends Read>({ quote, undoStatus, ...row }: Row, move: PlanMigrationStatus) {
  return {
    ...row,
    before: quote?.before ?? row.before,
    amount: row.amount ?? quote?.amount ?? null,
    /** Minor units; a total below nothing is set off against later bills. */
    cost: quote && { dueNow: quote.preview.dueNow, total: quote.preview.total },
    takesBack: takesBack({ quote, undoStatus, ...row }, move),
  };
}

/** In which a subscription that was only reckoned may still be moved. */
const AHEAD: readonly PlanMigrationStatus[] = ["quoting", "quoted", "running", "stopped"];

/** As `takeBackStep` has it; of what was only reckoned there is nothing to take back once nobody can be moved by it. */
function takesBack(
  { status, quote, obstacle, undoReason, undoStatus }: Omit<Read, "amount" | "before">,
  move: PlanMigrationStatus,
): boolean {
  if (status === "scheduled") return undoStatus === null || undoStatus === "failed";
  if (status === "failed") return undoReason === null;
  return status === null && quote !== null && obstacle === null && AHEAD.includes(move);
}
