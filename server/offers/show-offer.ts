import { eq } from "drizzle-orm";
import { retentionShowings } from "../../drizzle/schema/retention-offers.ts";
import { reachMembership } from "../billing/index.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { newId } from "../kernel/id.ts";
import { type CancelReason, readChangeFacts } from "../subscriptions/index.ts";
import { findOffer } from "./find-offer.ts";

/**
 * Somebody who leaves has said why: the first offer that fits is kept as shown to them, with what it comes to, and its id
 * is the answer; null when there is none, and the end is theirs to ask for. Changes nothing of the membership. Idempotent
 * by `formKey`. Throws `subscriptions.not_found`.
 */
export async function showOffer(
  ctx: Ctx,
  request: {
    readonly id: string;
    readonly reason?: CancelReason | undefined;
    readonly comment?: string | undefined;
    readonly formKey: string;
  },
): Promise<{ showingId: string | null }> {
  const { id: subscriptionId, reason = null, comment = "" } = request;
  const idempotencyKey = `${subscriptionId}:offer:${request.formKey}`;
  return ctx.db.transaction(async (tx) => {
    await reachMembership(tx, subscriptionId, "own");
    const { membership, facts } = await readChangeFacts(tx, subscriptionId);
    const found = await findOffer(tx, membership, facts, reason);
    if (found) {
      await tx
        .insert(retentionShowings)
        .values({
          ...{ id: newId("ofs"), offerId: found.offer.id, subscriptionId, customerId: membership.customerId },
          ...{ reason, comment: comment || null, ...found.terms, idempotencyKey, shownAt: tx.scope.now },
        })
        .onConflictDoNothing();
    }
    const [showing] = await tx
      .select({ id: retentionShowings.id })
      .from(retentionShowings)
      .where(eq(retentionShowings.idempotencyKey, idempotencyKey));
    return { showingId: showing?.id ?? null };
  });
}
