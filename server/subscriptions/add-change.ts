import { and, eq, inArray, sql } from "drizzle-orm";
import { subscriptionChanges } from "../../drizzle/schema/subscription-changes.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import { actorName } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { begin } from "../kernel/machine.ts";
import { type ChangeFacts, isAllowed } from "./allowed-changes.ts";
import { changeMachine, OPEN_CHANGE } from "./change-status.ts";
import { subscriptionErrors } from "./errors.ts";
import { freeUntilOf } from "./free-until-of.ts";
import type { Membership } from "./record-subscription.ts";

/** A change is looked after this long after it was asked for, should its job be lost. Business time. */
export const LOOK_AFTER_MS = 5 * 60_000;

type Columns = typeof subscriptionChanges.$inferInsert;
/** What is asked for. Everything else of the row is ours. */
export type ChangeWish = Pick<Columns, "subscriptionId" | "kind" | "timing" | "idempotencyKey"> &
  Partial<
    Pick<
      Columns,
      | "resumeAt"
      | "effectiveAt"
      | "campaignId"
      | "freeUntilAt"
      | "discountBps"
      | "discountMonths"
      | "showingId"
      | "productId"
      | "variantId"
      | "priceReceiptId"
      | "planVersionId"
      | "stripePriceId"
      | "amount"
      | "currency"
      | "interval"
      | "intervalCount"
      | "quantity"
      | "extraSeats"
      | "leavers"
      | "quote"
      | "prorationAt"
      | "trialRule"
      | "trialEndAt"
      | "stripeInvoiceId"
      | "reason"
      | "comment"
      | "refundAmount"
      | "refundPaymentId"
    >
  >;

/**
 * Writes a wish, in the caller's transaction; a job sends it once that commits. Idempotent by key: asked again it is the
 * same one, and an end that was taken back since is refused. Of two that are asked for at the same moment one is refused. `details` makes the rest of the row for a wish
 * that is new. Throws `subscriptions.not_found`, `subscriptions.change_in_progress`, `subscriptions.change_not_allowed`, and
 * `subscriptions.change_booked` for free time or money off while another price is booked (a campaign's end, a switch, a move,
 * fewer seats or units), for seats or units beside a switch or move, for fewer units beside a campaign's end, and for a switch beside
 * fewer: the provider moves and discounts nothing beside a schedule.
 * `subscriptions.change_carried` for a pause or free time while something of a change waits for the next invoice.
 */
export async function addChange(
  tx: Tx,
  wish: ChangeWish,
  details: (membership: Membership) => Promise<Partial<ChangeWish>> = async () => ({}),
): Promise<string> {
  const { subscriptionId, idempotencyKey } = wish;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`subscription_change:${subscriptionId}`}, 0))`);
  const [known] = await tx
    .select({ id: subscriptionChanges.id, status: subscriptionChanges.status })
    .from(subscriptionChanges)
    .where(eq(subscriptionChanges.idempotencyKey, idempotencyKey));
  // An end that was taken back: whoever presses the old page again must not read that it ends.
  if (known?.status === "undone" && wish.kind === "cancel")
    throw subscriptionErrors.changeNotAllowed({ status: known.status, wanted: wish.kind });
  if (known) return known.id;
  const { membership, facts } = await readChangeFacts(tx, subscriptionId);
  if (facts.inFlight) throw subscriptionErrors.changeInProgress();
  const { actor } = tx.scope;
  const byStaff = actor.kind === "system" || (actor.kind === "staff" && membership.customerId !== actor.customerId);
  const offered = wish.showingId != null;
  const gives = wish.kind === "free" || wish.kind === "discount";
  const other = facts.scheduledKind === "plan" || facts.scheduledKind === "version";
  const fewer = facts.scheduledKind === "seats" || facts.scheduledKind === "units";
  const counts = wish.kind === "seats" || (wish.kind === "units" && !isBesideCampaign(wish, facts));
  if ((gives && (other || fewer)) || (counts && other) || (wish.kind === "plan" && fewer))
    throw subscriptionErrors.changeBooked({ wanted: wish.kind });
  if (facts.carries && (wish.kind === "free" || wish.kind === "pause"))
    throw subscriptionErrors.changeCarried({ wanted: wish.kind });
  const counted = wish.kind === "plan" || wish.kind === "seats" || wish.kind === "units";
  if (counted && facts.freeUntil && !byStaff)
    throw subscriptionErrors.freeTimeRuns({ endsAt: facts.freeUntil.toISOString() });
  if (!isAllowed({ ...wish, byStaff, offered }, facts))
    throw subscriptionErrors.changeNotAllowed({ status: membership.status, wanted: wish.kind });
  const id = newId("chg");
  const whole = { ...wish, ...(await details(membership)) };
  await tx.insert(subscriptionChanges).values({
    id,
    customerId: membership.customerId,
    fromProductId: membership.productId,
    ...whole,
    toldEndAt: beginsWithEnd(whole, membership, tx.scope.now)
      ? (whole.effectiveAt ?? membership.currentPeriodEndAt)
      : null,
    status: changeMachine.initial,
    requestedBy: actorName(tx.scope.actor),
    nextCheckAt: new Date(tx.scope.now.getTime() + LOOK_AFTER_MS),
    createdAt: tx.scope.now,
  });
  await begin(tx, changeMachine, { id });
  return id;
}

/**
 * What is asked for with a period's end. Free time begins with that end, and money off with the charge that comes then: where that
 * end is over and its charge not heard of yet, with the one after it, and so it was shown.
 */
function beginsWithEnd(
  { timing, kind, discountBps }: ChangeWish & { readonly discountBps?: number | null },
  { currentPeriodEndAt }: Pick<Membership, "currentPeriodEndAt">,
  now: Date,
): boolean {
  if (timing === "period_end" || kind === "free") return true;
  return kind === "discount" && !!discountBps && currentPeriodEndAt !== null && currentPeriodEndAt > now;
}

/** More of a membership beside the booked end of its campaign, which is booked anew for as many as there are then. */
const isBesideCampaign = ({ timing }: Pick<ChangeWish, "timing">, { campaignEnds }: ChangeFacts): boolean =>
  campaignEnds && timing === "now";

/** What can be asked of a membership now. `except`: a change that is looked at itself. Throws `subscriptions.not_found`. */
export async function readChangeFacts(
  tx: Tx,
  subscriptionId: string,
  except?: string,
): Promise<{ membership: Membership; facts: ChangeFacts }> {
  const [membership] = await tx.select().from(subscriptions).where(eq(subscriptions.id, subscriptionId));
  if (!membership) throw subscriptionErrors.notFound();
  const open = await tx
    .select({
      id: subscriptionChanges.id,
      kind: subscriptionChanges.kind,
      status: subscriptionChanges.status,
      campaignId: subscriptionChanges.campaignId,
    })
    .from(subscriptionChanges)
    .where(
      and(
        eq(subscriptionChanges.subscriptionId, subscriptionId),
        inArray(subscriptionChanges.status, [...OPEN_CHANGE]),
      ),
    );
  const { status, cancelAt, pauseAt } = membership;
  const scheduled = open.find((one) => one.status === "scheduled");
  return {
    membership,
    facts: {
      ...{ status, cancelAt, pauseAt },
      scheduledKind: scheduled?.kind ?? null,
      carries: membership.carriedAmount !== 0,
      campaignEnds: scheduled !== undefined && scheduled.campaignId !== null,
      freeUntil: await freeUntilOf(tx, membership),
      inFlight: open.some((one) => one.status !== "scheduled" && one.id !== except),
    },
  };
}
