import { inArray, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { alerts } from "../../drizzle/schema/webhooks.ts";
import { raiseAlert, resolveAlert } from "../kernel/alert.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { redactText } from "../kernel/log.ts";

/** Something of one customer that is due. */
export type DueRow = { readonly id: string; readonly customerId: string };

/** Which of them are looked for: all but those of a part that failed the last time, or some of those alone. */
export type Which = { readonly but: string } | { readonly only: readonly string[] };

/** The condition for that on the column of the ids. */
export function among(id: PgColumn, which: Which): SQL {
  if ("only" in which) return inArray(id, [...which.only]);
  // However many they are: those left in would fill each batch anew.
  return sql`${id} not in (select split_part(alerts.subject, ' ', 3) from alerts where ${failing(which.but)})`;
}

export type DueKind<Row extends DueRow> = {
  /** What it is, in a word without a space: `expiry`. */
  readonly part: string;
  /** A bounded batch of them. */
  find(tx: Tx, which: Which): Promise<readonly Row[]>;
  decide(row: Row): Promise<void>;
};

const ALERT = "credits.due_failed";
/** Of those that failed the last time, so many are tried again in a pass, any of them: none waits for others to be mended. */
const AGAIN = 200;

/**
 * Does what is due, each for itself: one that fails is told to staff (an alert, and with it their work queue) and stands in
 * nobody's way, neither in this pass nor in the next, where it is tried again after all others. The alert goes by itself
 * when it went well. Throws where the failure itself cannot be told: then the database is away. Returns how many were due.
 */
export async function decideEach<Row extends DueRow>(ctx: Ctx, due: DueKind<Row>): Promise<number> {
  const { failing, fresh, again } = await ctx.db.transaction(async (tx) => {
    const before = await failedBefore(tx, due.part);
    const ids = [...before.keys()];
    const rows = await due.find(tx, { but: due.part });
    return { failing: before, fresh: rows, again: ids.length === 0 ? [] : await due.find(tx, { only: ids }) };
  });
  const mended = new Map(failing);
  for (const row of [...fresh, ...again]) {
    const subject = `${row.customerId} ${due.part} ${row.id}`;
    try {
      await due.decide(row);
    } catch (error) {
      ctx.log.error({ err: error, part: due.part, id: row.id }, "credits that were due could not be handled");
      const detail = `Credits of ${row.customerId} that were due could not be handled (${due.part} ${row.id}): ${whyOf(error)}`;
      await ctx.db.transaction((tx) => raiseAlert(tx, { kind: ALERT, subject, detail }));
      mended.delete(row.id);
    }
  }
  // It went well, or is not due any more.
  for (const subject of mended.values()) await ctx.db.transaction((tx) => resolveAlert(tx, { kind: ALERT, subject }));
  return fresh.length + again.length;
}

/** The alerts of a part that are open. In words, since it also stands in statements on other tables. */
function failing(part: string): SQL {
  return sql`alerts.kind = ${ALERT} and alerts.resolved_at is null and alerts.subject like ${`% ${part} %`}`;
}

/** Some of what failed and has not gone well since: the alert's subject by the id of the thing. */
async function failedBefore(tx: Tx, part: string): Promise<ReadonlyMap<string, string>> {
  const rows = await tx
    .select({ subject: alerts.subject })
    .from(alerts)
    .where(failing(part))
    .orderBy(sql`random()`)
    .limit(AGAIN);
  return new Map(rows.map(({ subject }) => [subject.slice(subject.lastIndexOf(" ") + 1), subject]));
}

/** The database's own words, not the statement around them. */
function whyOf(error: unknown): string {
  let at = error;
  while (at instanceof Error && at.cause instanceof Error) at = at.cause;
  return redactText(at instanceof Error ? at.message : String(at)).slice(0, 300);
}
