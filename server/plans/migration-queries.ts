import { and, eq, inArray, isNull } from "drizzle-orm";
import { entitlements } from "../../drizzle/schema/entitlements.ts";
import { planMigrations } from "../../drizzle/schema/plan-migrations.ts";
import type { planVersions } from "../../drizzle/schema/plans.ts";
import type { Tx } from "../kernel/db.ts";
import { withWho } from "../kernel/names.ts";
import { keyset } from "../kernel/page.ts";
import { contentOf } from "./find-versions.ts";
import { movable, readMovers, totalMovers } from "./movers.ts";
import { versionsToMove } from "./order-migration.ts";
import { holds } from "./plan-diff.ts";

const REPORT = 50;

/**
 * What moving everybody on a version to the one on sale would mean, for each of them: what they pay now and then, from when,
 * and what they gain and lose. `noticeDays`: nobody is moved sooner after being told. What staff agreed with somebody stays theirs, and is not said to change. Only looks.
 */
export async function previewMigration(
  tx: Tx,
  wish: { fromVersionId: string; after?: string | undefined; noticeDays: number },
) {
  const { from, to } = await versionsToMove(tx, wish.fromVersionId);
  const changes = holds((await contentOf(tx, from)).holds, (await contentOf(tx, to)).holds);
  const totals = await totalMovers(tx, from.id);
  const rows = await readMovers(tx, from.id, {
    ...{ after: wish.after ?? "", limit: REPORT + 1, noticeDays: wish.noticeDays },
  });
  const shown = rows.slice(0, REPORT);
  const agreed = await agreedWith(
    tx,
    shown.map(({ organizationId }) => organizationId),
  );
  return {
    ...{ from: versionFacts(from), to: versionFacts(to), changes, totals, movable: movable(totals) },
    noticeDays: wish.noticeDays,
    movers: shown.map((mover) => ({
      ...mover,
      changes: changes.filter(({ feature }) => !agreed.has(`${mover.organizationId} ${feature}`)),
    })),
    next: rows.length > REPORT ? (shown.at(-1)?.id ?? null) : null,
  };
}

/** What names a version. */
export const versionFacts = ({ id, planCode, version, name }: typeof planVersions.$inferSelect) => ({
  id,
  planCode,
  version,
  name,
});

/** `organization feature` of every exception that is present. */
async function agreedWith(tx: Tx, organizationIds: readonly string[]): Promise<Set<string>> {
  if (organizationIds.length === 0) return new Set();
  const rows = await tx
    .select({ organizationId: entitlements.organizationId, feature: entitlements.feature })
    .from(entitlements)
    .where(
      and(
        inArray(entitlements.organizationId, [...organizationIds]),
        eq(entitlements.source, "override"),
        isNull(entitlements.replacedAt),
      ),
    );
  return new Set(rows.map(({ organizationId, feature }) => `${organizationId} ${feature}`));
}

/** The moves of a plan, the newest first, a page at a time. */
export async function listMigrations(
  tx: Tx,
  { code, ...asked }: { code: string; cursor?: string | undefined; limit: number },
) {
  const { id, createdAt } = planMigrations;
  const place = keyset(asked, { by: createdAt, id, type: "timestamptz", direction: "desc" });
  const rows = await tx
    .select({
      ...{ id, status: planMigrations.status, subscribers: planMigrations.subscribers, createdAt },
      ...{ reason: planMigrations.reason, createdBy: planMigrations.createdBy, cursorAt: place.cursorAt },
    })
    .from(planMigrations)
    .where(and(eq(planMigrations.planCode, code), place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const page = place.page(rows);
  return { ...page, items: await withWho(tx, page.items, ({ createdBy }) => createdBy) };
}
