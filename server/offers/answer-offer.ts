import { eq, sql } from "drizzle-orm";
import { retentionShowings } from "../../drizzle/schema/retention-offers.ts";
import { subscriptionChanges } from "../../drizzle/schema/subscription-changes.ts";
import { reachMembership } from "../billing/index.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { addChange, type ChangeTiming, subscriptionErrors } from "../subscriptions/index.ts";
import { offerErrors } from "./errors.ts";
import { lastAccepted } from "./find-offer.ts";
import { wishOf } from "./offer-wish.ts";

type Showing = typeof retentionShowings.$inferSelect;
/** What was shown holds this long, whatever staff change of the offer meanwhile. */
const HOLDS_MS = 60 * 60_000;

/**
 * Somebody who was leaving takes what they were shown: one change of the membership, as every other, with the terms that
 * were shown; a job sends it. Idempotent: accepted again, or twice at once, it is the same change. Of several that were shown
 * (for several reasons, in several windows) one is given. Throws `offers.not_found`, `offers.answered` when it was declined
 * or another was accepted since it was shown, for whichever membership of theirs, `offers.out_of_date` an hour after it was shown,
 * `subscriptions.end_moved` when the period that was shown is over, `subscriptions.quote_expired` when the cheaper membership
 * costs something else by now, `subscriptions.change_in_progress`, `subscriptions.change_not_allowed`.
 */
export async function acceptOffer(ctx: Ctx, { showingId }: { showingId: string }): Promise<{ changeId: string }> {
  return ctx.db.transaction(async (tx) => {
    const { showing, taker } = await holdShowing(tx, showingId);
    if (showing.answer !== null) return { changeId: await changeOf(tx, showing) };
    if (tx.scope.now.getTime() - showing.shownAt.getTime() > HOLDS_MS) throw offerErrors.outOfDate();
    const { wish, details } = await wishOf(tx, showing);
    const key = `${showing.subscriptionId}:offer:${showing.id}`;
    // Of two memberships of one person (or organization), too, one is given something.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`offers:${taker}`}, 0))`);
    const changeId = await addChange(tx, { ...wish, showingId, idempotencyKey: key }, async (membership) => {
      const lastAt = await lastAccepted(tx, membership);
      if (lastAt && lastAt >= showing.shownAt) throw offerErrors.answered();
      if (membership.currentPeriodEndAt?.getTime() !== showing.renewsAt?.getTime()) throw subscriptionErrors.endMoved();
      return details(membership);
    });
    await answer(tx, showing, "accepted");
    return { changeId };
  });
}

/**
 * Somebody who was leaving says no to what they were shown, and their membership ends with the reason that they gave: with
 * its period, or at once, as the page said (`timing`). Idempotent. Throws `offers.not_found`, `offers.answered` when
 * it was accepted, `subscriptions.end_moved` when the period that was shown is over, `subscriptions.change_in_progress`,
 * `subscriptions.change_not_allowed` (also when that end was taken back since).
 */
export async function declineOffer(
  ctx: Ctx,
  { showingId, timing }: { showingId: string; timing: ChangeTiming },
): Promise<{ changeId: string }> {
  return ctx.db.transaction(async (tx) => {
    const { showing } = await holdShowing(tx, showingId);
    if (showing.answer === "accepted") throw offerErrors.answered();
    const { subscriptionId, reason, comment } = showing;
    const idempotencyKey = `${subscriptionId}:cancel:${showing.id}`;
    const wish = { subscriptionId, kind: "cancel" as const, timing, reason, comment, idempotencyKey };
    const changeId = await addChange(tx, wish, async ({ currentPeriodEndAt }) => {
      if (timing === "period_end" && currentPeriodEndAt?.getTime() !== showing.renewsAt?.getTime())
        throw subscriptionErrors.endMoved();
      return {};
    });
    if (showing.answer === null) await answer(tx, showing, "declined");
    return { changeId };
  });
}

/** What was shown, held until the transaction ends. */
async function holdShowing(tx: Tx, showingId: string): Promise<{ showing: Showing; taker: string }> {
  const [showing] = await tx.select().from(retentionShowings).where(eq(retentionShowings.id, showingId)).for("update");
  if (!showing) throw offerErrors.notFound();
  const { customerId, organizationId } = await reachMembership(tx, showing.subscriptionId, "own");
  return { showing, taker: organizationId ?? customerId };
}

async function changeOf(tx: Tx, { id, answer: given }: Showing): Promise<string> {
  const [change] = await tx
    .select({ id: subscriptionChanges.id })
    .from(subscriptionChanges)
    .where(eq(subscriptionChanges.showingId, id));
  if (given !== "accepted" || !change) throw offerErrors.answered();
  return change.id;
}

async function answer(tx: Tx, { id }: Showing, given: "accepted" | "declined"): Promise<void> {
  await tx
    .update(retentionShowings)
    .set({ answer: given, answeredAt: tx.scope.now })
    .where(eq(retentionShowings.id, id));
}
