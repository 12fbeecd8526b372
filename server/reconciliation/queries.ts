import { and, asc, eq, isNotNull, isNull, or, sql } from "drizzle-orm";
import { drifts, reconciliationStreams } from "../../drizzle/schema/reconciliation.ts";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import { keyset } from "../kernel/page.ts";
import type { driftListInput } from "./input.ts";

/** What we held otherwise than the provider, newest first. */
export async function listDrifts(tx: Tx, input: Asked<typeof driftListInput>) {
  const { foundAt, id } = drifts;
  const place = keyset(input, { by: foundAt, id, type: "timestamptz", direction: input.direction ?? "desc" });
  const matching = and(
    input.kind && eq(drifts.kind, input.kind),
    input.state && (input.state === "open" ? isNull(drifts.healedAt) : isNotNull(drifts.healedAt)),
    input.q ? or(eq(drifts.object, input.q), eq(drifts.subject, input.q)) : undefined,
  );
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
      cursorAt: place.cursorAt,
    })
    .from(drifts)
    .where(and(matching, place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const total = input.counted ? await countUpTo(tx, sql`from ${drifts} where ${matching ?? sql`true`}`) : null;
  return { ...place.page(rows), total };
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
