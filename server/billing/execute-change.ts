import { setTimeout as wait } from "node:timers/promises";
import { and, eq, isNull } from "drizzle-orm";
import { subscriptionChanges } from "../../drizzle/schema/subscription-changes.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { ProviderError } from "../kernel/errors.ts";
import { invariant } from "../kernel/invariant.ts";
import { isFinal, transition } from "../kernel/machine.ts";
import {
  amountOfSeats,
  type Change,
  type ChangeFacts,
  type ChangeGateway,
  changeMachine,
  discounted,
  isAllowed,
  type Membership,
  readChangeFacts,
  tellOfLate,
  tellOfRefused,
  tellOfSecondTrial,
} from "../subscriptions/index.ts";
import { type BillingPorts, convergeSubscription } from "./converge-subscription.ts";
import { monthsLeft, untilClearOfBills } from "./discount-choices.ts";
import { type Sending, sendChange, sendLate } from "./send-change.ts";

export type ChangePorts = BillingPorts & { readonly subscriptionChanges: ChangeGateway };
type Claim = Sending & {
  readonly billedAt: Date | null;
  readonly send: boolean;
};

/**
 * Sends a change to the provider, once, and looks what became of it. One that was sent before is looked for there before
 * it is sent again, always under the same keys; one that waits (for its day, for its payment) is only looked at. What is
 * not allowed any more is refused here, without a call. What was to come with the end of a period and comes after it, when another
 * period has begun, is made at once instead, and what it should have saved is paid back (`payBackLate`). What is refused between that end and
 * the renewal is tried again. Idempotent; safe to run twice at once. Worker only. Throws, ProviderError while the outcome is not
 * known, so that the job comes back.
 */
export async function executeChange(ctx: Ctx<ChangePorts>, { changeId }: { changeId: string }): Promise<void> {
  const claim = await ctx.db.transaction((tx) => claimChange(tx, changeId));
  if (!claim) return;
  const look = () => convergeSubscription(ctx, { stripeSubscriptionId: claim.externalId });
  if (!claim.send) {
    await look();
    if (!(await isStillToSend(ctx, changeId))) return;
  }
  try {
    if (claim.change.kind === "discount") await wait(untilClearOfBills(claim.billedAt, ctx.now()));
    await sendInTime(ctx, claim);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (error.reason === "unknown_outcome") await markUnknown(ctx, changeId);
    if (error.reason !== "rejected") throw error;
    await look();
    if (await isBetweenPeriods(ctx, claim)) throw new Error("the provider has not renewed yet what has ended");
    return fail(ctx, changeId, error.code ?? "rejected");
  }
  await look();
  if (await isStillToSend(ctx, changeId)) throw new Error("the provider took the change and does not show it yet");
}

/** Of these a member was told that they are done, and no mail says that they are not. */
const NEVER_TOLD: ReadonlySet<Change["kind"]> = new Set(["cancel", "keep", "pause", "free", "discount"]);

/** Null when there is nothing to do (any more). A change is taken by whoever finds it requested. */
async function claimChange(tx: Tx, changeId: string): Promise<Claim | null> {
  const [row] = await tx
    .select({
      change: subscriptionChanges,
      externalId: subscriptions.stripeSubscriptionId,
      billedAt: subscriptions.currentPeriodEndAt,
      amount: subscriptions.amount,
      currency: subscriptions.currency,
    })
    .from(subscriptionChanges)
    .innerJoin(subscriptions, eq(subscriptions.id, subscriptionChanges.subscriptionId))
    .where(eq(subscriptionChanges.id, changeId))
    .for("update", { of: subscriptionChanges });
  if (!row || isFinal(changeMachine, row.change.status)) return null;
  const { change } = row;
  if (change.status !== "requested") return { ...row, send: false };
  const { facts } = await readChangeFacts(tx, change.subscriptionId, changeId);
  const byStaff = !change.requestedBy.startsWith("customer:");
  const allowed = isAllowed({ ...change, byStaff, offered: change.showingId !== null }, facts);
  // What became of it since it was told that it ends (a payment that failed, or came) keeps nothing running that is not wanted.
  const ends = change.kind === "cancel" && isAllowed({ ...change, timing: "now", byStaff: true }, facts);
  if (!allowed && !ends) {
    const code = "not_allowed_any_more";
    if (change.toldEndAt && change.toldEndAt <= tx.scope.now) await tellOfLate(tx, change, row);
    else if (NEVER_TOLD.has(change.kind) && !isAsWished(change, facts)) await tellOfRefused(tx, change, code, row);
    await end(tx, changeId, code);
    return null;
  }
  await transition(tx, changeMachine, { id: changeId, event: "sent" });
  return { ...row, send: true };
}

/**
 * An end of what has ended, and the undoing of what was undone: whoever asked has what they wanted. Of an undoing that comes after the
 * end a mail tells.
 */
function isAsWished({ kind }: Change, { status, cancelAt, pauseAt, scheduledKind }: ChangeFacts): boolean {
  const ended = status === "canceled" || status === "incomplete_expired";
  if (ended && (kind === "cancel" || kind === "keep")) return true;
  const goesOn = status === "active" || status === "trialing";
  return kind === "keep" && goesOn && cancelAt === null && pauseAt === null && scheduledKind === null;
}

/** Sends it as it was asked for; where the end that was told has passed, as what it comes to now. */
async function sendInTime(ctx: Ctx<ChangePorts>, claim: Claim): Promise<void> {
  const gateway = ctx.providers.subscriptionChanges;
  if (claim.change.lateAt) return sendLate(gateway, claim, await leftOf(ctx, claim.change));
  try {
    await sendChange(gateway, claim);
  } catch (error) {
    const code = error instanceof ProviderError && claim.change.toldEndAt ? error.code : null;
    const moved = code === "end_moved" || code === "overtaken";
    // What free time past its end would come to is for a person.
    if (!moved || claim.change.kind === "free") throw error;
    // What a period costs by now: its price may have ended with the same period.
    await convergeSubscription(ctx, { stripeSubscriptionId: claim.externalId });
    if (!(await isStillToSend(ctx, claim.change.id))) return;
    const change = await ctx.db.transaction((tx) => markLate(tx, claim));
    // It ended while we were at it: what is paid back is told by when it was done, and this job's clock stands before that.
    if (change.toldEndAt && ctx.now() <= change.toldEndAt) throw new Error("the period ended meanwhile");
    await sendLate(gateway, { ...claim, change }, await leftOf(ctx, change));
  }
}

/** How far the provider's clock may be before ours, and how long after the end of a period it may take to renew. */
const AHEAD_MS = 60_000;
const RENEWED_WITHIN_MS = 2 * 60 * 60_000;

/**
 * The end that was told passes, or has passed, and the provider has not begun another period: what it refuses now may be refused for
 * that alone. Soon it is either taken or too late, and whoever comes back sees which.
 */
async function isBetweenPeriods(ctx: Ctx, { change, externalId }: Claim): Promise<boolean> {
  const { toldEndAt, lateAt } = change;
  if (!toldEndAt || lateAt) return false;
  const sinceEnd = ctx.now().getTime() - toldEndAt.getTime();
  if (sinceEnd < -AHEAD_MS || sinceEnd > RENEWED_WITHIN_MS) return false;
  const began = subscriptions.currentPeriodStartAt;
  const rows = await ctx.db.transaction(
    (tx) => tx.select({ began }).from(subscriptions).where(eq(subscriptions.stripeSubscriptionId, externalId)),
    { readOnly: true },
  );
  return rows.some((row) => row.began !== null && row.began < toldEndAt) && isStillToSend(ctx, change.id);
}

/** From here on it is made at once, whoever comes back to it. */
async function markLate(tx: Tx, { change }: Claim): Promise<Change> {
  const { id, toldEndAt, subscriptionId } = change;
  const [of] = await tx.select().from(subscriptions).where(eq(subscriptions.id, subscriptionId));
  invariant(of, "a membership is never removed");
  const lateAmount = change.kind === "discount" ? takenOff(change, of) : hasOtherCycle(change, of) ? null : of.amount;
  await tx
    .update(subscriptionChanges)
    .set({ lateAt: tx.scope.now, lateAmount, effectiveAt: toldEndAt })
    .where(and(eq(subscriptionChanges.id, id), isNull(subscriptionChanges.lateAt)));
  const [marked] = await tx.select().from(subscriptionChanges).where(eq(subscriptionChanges.id, id));
  invariant(marked, "a change is never removed");
  return marked;
}

const hasOtherCycle = (change: Change, of: Pick<Membership, "interval" | "intervalCount">): boolean =>
  change.kind === "plan" &&
  ((change.interval ?? of.interval) !== of.interval || (change.intervalCount ?? of.intervalCount) !== of.intervalCount);

/** What money off takes off a charge that nothing else is taken off. */
function takenOff({ discountBps, toldEndAt }: Change, of: Membership): number {
  const at = toldEndAt ?? of.createdAt;
  return of.amount - discounted(of.amount, { bps: discountBps, amount: null, untilAt: null }, at, amountOfSeats(of));
}

/** Of money off that comes too late: for how many months it is given now. */
async function leftOf(ctx: Ctx, { kind, discountMonths, createdAt, subscriptionId }: Change): Promise<number> {
  if (kind !== "discount" || !discountMonths) return 0;
  const [of] = await ctx.db.transaction(
    (tx) => tx.select().from(subscriptions).where(eq(subscriptions.id, subscriptionId)),
    { readOnly: true },
  );
  return of ? monthsLeft(of, { months: discountMonths, askedAt: createdAt }, ctx.now()) : 0;
}

async function statusOf(tx: Tx, changeId: string) {
  const [row] = await tx
    .select({ status: subscriptionChanges.status })
    .from(subscriptionChanges)
    .where(eq(subscriptionChanges.id, changeId))
    .for("update");
  return row?.status;
}

async function isStillToSend(ctx: Ctx, changeId: string): Promise<boolean> {
  const status = await ctx.db.transaction((tx) => statusOf(tx, changeId));
  return status === "sent" || status === "unknown";
}

async function markUnknown(ctx: Ctx, changeId: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    if ((await statusOf(tx, changeId)) === "sent")
      await transition(tx, changeMachine, { id: changeId, event: "outcome_unknown" });
  });
}

async function fail(ctx: Ctx, changeId: string, code: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const status = await statusOf(tx, changeId);
    if (status !== "sent" && status !== "unknown") return;
    await end(tx, changeId, code);
    const [late] = await tx
      .select({ change: subscriptionChanges, amount: subscriptions.amount, currency: subscriptions.currency })
      .from(subscriptionChanges)
      .innerJoin(subscriptions, eq(subscriptions.id, subscriptionChanges.subscriptionId))
      .where(eq(subscriptionChanges.id, changeId));
    if (late && (late.change.lateAt || code === "end_moved")) await tellOfLate(tx, late.change, late);
    else if (late && NEVER_TOLD.has(late.change.kind)) await tellOfRefused(tx, late.change, code, late);
  });
}

async function end(tx: Tx, changeId: string, code: string): Promise<void> {
  const [change] = await tx
    .update(subscriptionChanges)
    .set({ failureCode: code, nextCheckAt: null, completedAt: tx.scope.now })
    .where(eq(subscriptionChanges.id, changeId))
    .returning({ kind: subscriptionChanges.kind, subscriptionId: subscriptionChanges.subscriptionId });
  if (change?.kind === "cancel") await tellOfSecondTrial(tx, change.subscriptionId, code);
  await transition(tx, changeMachine, { id: changeId, event: "failed", reason: code });
}
