import { and, eq, inArray, isNotNull, or } from "drizzle-orm";
import { subscriptionChanges } from "../../drizzle/schema/subscription-changes.ts";
import { invoices, subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { emit } from "../kernel/event.ts";
import { transition } from "../kernel/machine.ts";
import { writtenOnce } from "../kernel/written-once.ts";
import { takeSeatsAway } from "../organizations/index.ts";
import type { Change } from "./change.ts";
import { type ChangeOutcome, changeOutcome } from "./change-outcome.ts";
import { changeMachine, OPEN_CHANGE } from "./change-status.ts";
import { refundEnd } from "./end-refund.ts";
import type { SubscriptionFacts } from "./gateway.ts";
import { payBackLate } from "./pay-back-late.ts";

/** A change that waits for its payment is looked at again this long after the provider gave it up. */
const AFTER_EXPIRY_MS = 60_000;

/**
 * Brings everything that was asked of a membership to what the provider holds now: what it has taken up is scheduled or
 * made, what it holds no more was undone or gave way to another. A price that was reached brings its product and receipt
 * with it. Idempotent; the caller holds the membership and has the look in order (`applyLook`). Each step emits
 * `subscription_change.<event>`. `held`: what {@link holdOpenChanges} answered in this transaction. Throws where a pause met the end of
 * the period on its way, so that its job comes back.
 */
export async function settleChanges(
  tx: Tx,
  facts: SubscriptionFacts,
  cause: string,
  held?: readonly Change[],
): Promise<void> {
  const all = held ?? (await holdOpenChanges(tx, facts));
  const open = all.filter(({ status }) => (OPEN_CHANGE as readonly string[]).includes(status));
  // What was scheduled gives way first: there is one of it at a time.
  const ordered = open.toSorted((a, b) => Number(b.status === "scheduled") - Number(a.status === "scheduled"));
  for (const change of ordered) {
    if (change.status === "requested") continue;
    const inFlightKind = open.find((one) => one.id !== change.id && one.status !== "scheduled")?.kind ?? null;
    const invoiceStatus = await invoiceStatusOf(tx, change);
    const ofOrganization = await isOfOrganization(tx, change);
    const outcome = changeOutcome(change, facts, { inFlightKind, invoiceStatus, ofOrganization });
    if (outcome) refuseOvertaken(tx, change, outcome, facts);
    if (outcome) await settle(tx, change, outcome, cause);
  }
  // What was charged meanwhile may be heard of later.
  for (const change of all) if (change.status === "applied") await payBackLate(tx, change);
}

/**
 * A pause that was on its way when a period began rests since that, and the period may be charged all the same: whoever comes back, with a
 * later clock, sees that it came late.
 */
function refuseOvertaken(tx: Tx, { kind, status }: Change, { event }: ChangeOutcome, facts: SubscriptionFacts): void {
  const { currentPeriodStartAt: began } = facts;
  if (kind === "pause" && status !== "scheduled" && event === "applied" && began && began > tx.scope.now)
    throw new Error("the period ended meanwhile");
}

/** What was asked of a membership and has not come to its end, and what was or may have been carried out too late, locked. */
export async function holdOpenChanges(tx: Tx, { externalId }: SubscriptionFacts): Promise<Change[]> {
  return openChangesHeld(tx, { externalId });
}

const endedAtOnce = and(eq(subscriptionChanges.kind, "cancel"), eq(subscriptionChanges.timing, "now"));

const openChangesHeld = writtenOnce(["externalId"], (tx, { externalId }) => {
  const of = tx
    .select({ id: subscriptions.id })
    .from(subscriptions)
    .where(eq(subscriptions.stripeSubscriptionId, externalId));
  return tx
    .select()
    .from(subscriptionChanges)
    .where(
      and(
        inArray(subscriptionChanges.subscriptionId, of),
        or(inArray(subscriptionChanges.status, [...OPEN_CHANGE]), isNotNull(subscriptionChanges.lateAt), endedAtOnce),
      ),
    )
    .for("update");
});

async function invoiceStatusOf(tx: Tx, { kind, stripeInvoiceId }: Change): Promise<string | null> {
  if (kind !== "retry" || stripeInvoiceId === null) return null;
  const [row] = await tx
    .select({ status: invoices.status })
    .from(invoices)
    .where(eq(invoices.stripeInvoiceId, stripeInvoiceId));
  return row?.status ?? null;
}

/** Asked for a campaign's end alone: nothing else depends on it. */
async function isOfOrganization(tx: Tx, { campaignId, subscriptionId }: Change): Promise<boolean> {
  if (campaignId === null) return false;
  const { id, organizationId } = subscriptions;
  const [row] = await tx.select({ organizationId }).from(subscriptions).where(eq(id, subscriptionId));
  return row !== undefined && row.organizationId !== null;
}

async function settle(tx: Tx, change: Change, outcome: ChangeOutcome, cause: string): Promise<void> {
  const { id } = change;
  switch (outcome.event) {
    case "scheduled":
      await tx
        .update(subscriptionChanges)
        .set({ effectiveAt: outcome.effectiveAt, nextCheckAt: null })
        .where(eq(subscriptionChanges.id, id));
      break;
    case "payment_awaited": {
      const { expiresAt, payUrl } = outcome;
      const nextCheckAt = new Date(expiresAt.getTime() + AFTER_EXPIRY_MS);
      await tx
        .update(subscriptionChanges)
        .set({ expiresAt, payUrl, nextCheckAt })
        .where(eq(subscriptionChanges.id, id));
      break;
    }
    default: {
      const failureCode = outcome.event === "failed" ? outcome.code : null;
      const since = outcome.event === "applied" && outcome.effectiveAt ? { effectiveAt: outcome.effectiveAt } : {};
      await tx
        .update(subscriptionChanges)
        .set({ completedAt: tx.scope.now, nextCheckAt: null, failureCode, ...since })
        .where(eq(subscriptionChanges.id, id));
      if (outcome.event === "applied") await takeOver(tx, change);
      if (outcome.event === "applied") await payBackLate(tx, { ...change, completedAt: tx.scope.now });
    }
  }
  await transition(tx, changeMachine, { id, event: outcome.event, cause });
  if (outcome.event === "superseded" && outcome.again)
    await emit(tx, { name: "subscription.campaign_end_outnumbered", id: change.subscriptionId });
}

/**
 * What comes with a change that was made: the membership is another one from here on, with the receipt of the price that
 * it was changed to; fewer seats take them from whoever was named; an end brings the refund that was asked for with it.
 */
async function takeOver(tx: Tx, change: Change): Promise<void> {
  const { subscriptionId, productId, priceReceiptId, planVersionId } = change;
  if (change.kind === "plan" && productId !== null && priceReceiptId !== null) {
    const version = planVersionId === null ? {} : { planVersionId };
    await tx
      .update(subscriptions)
      .set({ productId, priceReceiptId, ...version })
      .where(eq(subscriptions.id, subscriptionId));
    if (planVersionId !== null) await emit(tx, { name: "subscription.plan_changed", id: subscriptionId });
  }
  if (change.kind === "version" && planVersionId !== null) {
    await tx.update(subscriptions).set({ planVersionId }).where(eq(subscriptions.id, subscriptionId));
    await emit(tx, { name: "subscription.plan_changed", id: subscriptionId });
  }
  if (change.kind === "seats" && change.leavers) await takeSeatsAway(tx, change.leavers, change.id);
  if (change.kind !== "cancel" || change.refundAmount === null) return;
  const [row] = await tx
    .select({ orderId: subscriptions.orderId })
    .from(subscriptions)
    .where(eq(subscriptions.id, subscriptionId));
  if (row) await refundEnd(tx, change, row.orderId);
}
