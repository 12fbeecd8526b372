import { and, asc, eq, gt, inArray, isNotNull, isNull } from "drizzle-orm";
import { creditReclaims } from "../../drizzle/schema/credits.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { enqueue } from "../kernel/job.ts";
import { reclaimJob } from "./jobs.ts";

export type Reclaim = typeof creditReclaims.$inferSelect;

/** What staff have decided about spent credits of purchases that were paid back, as far as it stands; whoever undoes some of it reads it before. */
export async function standingDecisions(tx: Tx, sourceIds: readonly string[]): Promise<Reclaim[]> {
  if (sourceIds.length === 0) return [];
  return tx
    .select()
    .from(creditReclaims)
    .where(
      and(
        inArray(creditReclaims.sourceId, [...sourceIds]),
        eq(creditReclaims.cause, "refund"),
        isNull(creditReclaims.undoneAt),
        isNotNull(creditReclaims.decision),
        gt(creditReclaims.spentCredits, 0),
      ),
    )
    .orderBy(asc(creditReclaims.createdAt), asc(creditReclaims.id));
}

/**
 * Spent credits are put before staff who have decided about them: their share was another's, which was undone just now. As
 * many as was decided about stay decided, the first first, in the name of whoever decided and with their reason, and are carried
 * out like any; only the rest waits for staff. Each is noted as a part of the new reclaim with its own number, like what was found
 * later. `before` are the decisions that stood before anything was undone. The account is locked. Service role.
 */
export async function keepDecisions(tx: Tx, reclaimId: string, before: readonly Reclaim[]): Promise<void> {
  if (before.length === 0) return;
  const [made] = await tx.select().from(creditReclaims).where(eq(creditReclaims.id, reclaimId));
  if (!made) return;
  const ids = before.map(({ id }) => id);
  const undone = await tx
    .select({ id: creditReclaims.id })
    .from(creditReclaims)
    .where(and(inArray(creditReclaims.id, ids), isNotNull(creditReclaims.undoneAt)));
  let open = made.spentCredits;
  for (const decided of before.filter(({ id }) => undone.some((one) => one.id === id))) {
    const kept = Math.min(open, decided.spentCredits);
    if (kept === 0) break;
    open -= kept;
    await keep(tx, made, decided, kept);
  }
  if (open === made.spentCredits) return;
  const waitingCredits = made.waitingCredits + made.spentCredits - open;
  await tx.update(creditReclaims).set({ spentCredits: open, waitingCredits }).where(eq(creditReclaims.id, reclaimId));
}

async function keep(tx: Tx, made: Reclaim, decided: Reclaim, credits: number): Promise<void> {
  const { customerId, sourceId, cause, createdAt } = made;
  const { decision, decidedBy, decidedAt, decisionReason } = decided;
  const id = newId("crc");
  await tx.insert(creditReclaims).values({
    ...{ id, key: `kept:${made.id}:${decided.id}`, originId: made.id, customerId, sourceId, cause, createdAt },
    ...{ wantedCredits: credits, takenCredits: 0, waitingCredits: 0, spentCredits: credits },
    ...{ decision, decidedBy, decidedAt, decisionReason },
  });
  await enqueue(tx, reclaimJob, { reclaimId: id });
}
