import { and, asc, eq, sql } from "drizzle-orm";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { DomainError } from "../kernel/errors.ts";
import { addChange } from "./add-change.ts";
import { endRefunds } from "./end-refund.ts";
import { hasHadTrial, type TrialTaker } from "./has-had-trial.ts";
import { addressOf, samePerson } from "./same-person.ts";

/** A customer who takes a trial, for themselves or an organization. */
type Beginner = TrialTaker & { readonly customerId: string };

/**
 * Until the transaction ends nobody else begins a trial for the same person or organization, by the same address or with the same card: of
 * two purchases that are completed at once the second sees the first. Taken before the membership is written.
 */
export async function holdTrials(tx: Tx, { customerId, organizationId, card = null }: Beginner): Promise<void> {
  for (const id of [await addressOf(tx, customerId), customerId, organizationId, card])
    if (id !== null) await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`trial:${id}`}, 0))`);
}

/**
 * Keeps with which card a trial began, and has it ended where whoever took it had one before, by whichever account they had it or
 * as a guest (`samePerson`). The caller holds their trials (`holdTrials`). Idempotent. Worker only. Throws as {@link addChange} does.
 */
export async function beginTrial(tx: Tx, subscriptionId: string, taker: Beginner): Promise<void> {
  const { card = null } = taker;
  const of = eq(subscriptions.id, subscriptionId);
  if (card !== null) await tx.update(subscriptions).set({ trialCardHash: card }).where(of);
  const customerId = await samePerson(tx, taker.customerId);
  if (await hasHadTrial(tx, { ...taker, customerId }, subscriptionId)) await refuseTrialAgain(tx, subscriptionId);
}

/**
 * Has a membership ended at once that began with a trial although its member, or its card, had one before: they were told another price
 * than they would have to pay, so nothing is charged, and what was paid at the start (a joining fee) is paid back. They are
 * told by mail, and can buy it again at the price that holds for them. Idempotent. Throws as {@link addChange} does.
 */
async function refuseTrialAgain(tx: Tx, subscriptionId: string): Promise<void> {
  const wish = {
    subscriptionId,
    kind: "cancel" as const,
    timing: "now" as const,
    comment: "a trial is had once, and this member or card had one before",
    idempotencyKey: `${subscriptionId}:trial-again`,
  };
  await addChange(tx, wish, async () => {
    await tx.update(subscriptions).set({ trialRefused: true }).where(eq(subscriptions.id, subscriptionId));
    const paid = await endRefunds(tx, subscriptionId);
    return paid ? { refundAmount: paid.full, refundPaymentId: paid.paymentId } : {};
  });
}

/**
 * What a guest bought has become somebody's: of all the trials that are theirs now the first goes on, and every other
 * that still runs is ended. Idempotent. Worker only. Throws while another change is under way, so that the job comes back.
 */
export async function refuseSecondTrials(ctx: Ctx, { customerId }: { customerId: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await holdTrials(tx, { customerId, organizationId: null });
    const [, ...later] = await tx
      .select({ id: subscriptions.id, status: subscriptions.status })
      .from(subscriptions)
      .where(and(eq(subscriptions.customerId, customerId), subscriptions.hadTrial))
      .orderBy(asc(subscriptions.createdAt), asc(subscriptions.id));
    for (const { id, status } of later) if (status === "trialing") await refuseOrComeBack(tx, id);
  });
}

async function refuseOrComeBack(tx: Tx, subscriptionId: string): Promise<void> {
  try {
    await refuseTrialAgain(tx, subscriptionId);
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "subscriptions.change_in_progress") throw error;
    throw new Error("another change is under way; the second trial is ended after it");
  }
}
