import { and, asc, desc, eq, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { drifts, reconciliationStreams } from "../../drizzle/schema/reconciliation.ts";
import type { Tx } from "../kernel/db.ts";
import { pageOf, readCursor } from "../kernel/page.ts";
import type { driftListInput } from "./input.ts";

/** What we held otherwise than the provider, newest first. */
export async function listDrifts(tx: Tx, input: z.output<typeof driftListInput>) {
  const after = readCursor(input.cursor);
  const conditions: (SQL | undefined)[] = [
    input.kind && eq(drifts.kind, input.kind),
    input.state && (input.state === "open" ? isNull(drifts.healedAt) : isNotNull(drifts.healedAt)),
    input.q ? or(eq(drifts.object, input.q), eq(drifts.subject, input.q)) : undefined,
    after ? sql`(${drifts.foundAt}, ${drifts.id}) < (${after.at}::timestamptz, ${after.id})` : undefined,
  ];
  const rows = await tx
    .select({
      id: drifts.id,
      kind: drifts.kind,
      object: drifts.object,
      subject: drifts.subject,
      field: drifts.field,
      ours: drifts.ours,
      theirs: drifts.theirs,
      healedBy: drifts.healedBy,
      foundAt: drifts.foundAt,
      healedAt: drifts.healedAt,
      cursorAt: sql<string>`${drifts.foundAt}::text`,
    })
    .from(drifts)
    .where(and(...conditions))
    .orderBy(desc(drifts.foundAt), desc(drifts.id))
    .limit(input.limit + 1);
  return pageOf(rows, input.limit);
}

/** When each part was last compared with the provider, and how much of it was news. */
export function reconciliationState(tx: Tx) {
  return tx
    .select({
      name: reconciliationStreams.name,
      doneAt: reconciliationStreams.doneAt,
      seen: reconciliationStreams.seen,
      found: reconciliationStreams.found,
      lastError: reconciliationStreams.lastError,
    })
    .from(reconciliationStreams)
    .orderBy(asc(reconciliationStreams.name));
}
