import { and, eq, isNull, sql } from "drizzle-orm";
import { creditAdjustments } from "../../drizzle/schema/credits.ts";
import { customers } from "../../drizzle/schema/identity.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import { enqueue } from "../kernel/job.ts";
import { withinLimit } from "./adjustment-limit.ts";
import { creditErrors } from "./errors.ts";
import { adjustJob } from "./jobs.ts";
import { available } from "./spendable.ts";

export type Wish = {
  readonly customerId: string;
  readonly kind: "add" | "remove";
  readonly credits: number;
  readonly reason: string;
  /** Of the form: sent twice it is one adjustment. */
  readonly key: string;
};

function staffOf({ actor }: Pick<Ctx, "actor">) {
  invariant(actor.kind === "staff", "only staff adjust credits");
  return actor;
}

/**
 * Adds credits to a customer, or takes unspent ones away, because a member of staff says so. Within what the role may do for
 * one customer on one day of the shop the worker carries it out at once; beyond it somebody else whose limit reaches has to
 * approve. Recorded with its reason. Idempotent by `key`. Locks the customer's credits. Throws `credits.key_reused` when the key was used for another adjustment,
 * `credits.too_few_to_take` (with what there is), and `credits.needs_account` for a guest: what they bought moves to an account when they make one, credits would not.
 */
export async function adjustCredits(ctx: Ctx, wish: Wish): Promise<{ id: string; waits: boolean }> {
  const { userId } = staffOf(ctx);
  return ctx.db.transaction(async (tx) => {
    const [customer] = await tx
      .select({ userId: customers.userId })
      .from(customers)
      .where(eq(customers.id, wish.customerId));
    if (!customer?.userId) throw creditErrors.needsAccount({ customerId: wish.customerId });
    const own = wish.credits <= (await roomLeft(tx, wish.customerId));
    const id = newId("cad");
    const [made] = await tx
      .insert(creditAdjustments)
      .values({
        ...{ id, ...wish, withinLimit: own, requestedBy: userId, requestedAt: ctx.now() },
        ...(own ? { decision: "approved" as const, decidedBy: userId, decidedAt: ctx.now() } : {}),
      })
      .onConflictDoNothing({ target: creditAdjustments.key })
      .returning({ id: creditAdjustments.id });
    if (!made) return knownAdjustment(tx, wish);
    if (wish.kind === "remove") await requireEnough(tx, wish);
    await recordAct(tx, { action: `credits.${wish.kind}`, subject: wish.customerId, reason: wish.reason });
    if (own) await enqueue(tx, adjustJob, { adjustmentId: id });
    return { id, waits: !own };
  });
}

/** How many credits whoever asks may still add or take away alone today: the database refuses what is more as well. */
async function roomLeft(tx: Tx, customerId: string): Promise<number> {
  const [row] = await tx.execute<{ room: string }>(
    sql`select app.adjustment_room(${customerId}, ${tx.scope.now.toISOString()}::timestamptz) as room`,
  );
  return Number(row?.room ?? 0);
}

/** Or it would be said to be under way and come to nothing. What is used until it is carried out is its outcome, on the customer's page. */
async function requireEnough(tx: Tx, { customerId, credits }: Wish): Promise<void> {
  const there = await available(tx, { customerId });
  if (there < credits) throw creditErrors.tooFewToTake({ available: there });
}

async function knownAdjustment(tx: Tx, { key, customerId, kind, credits }: Wish) {
  const [known] = await tx.select().from(creditAdjustments).where(eq(creditAdjustments.key, key));
  if (known?.customerId !== customerId || known.kind !== kind || known.credits !== credits)
    throw creditErrors.keyReused();
  return { id: known.id, waits: known.decision === null };
}

/**
 * Says yes or no to an adjustment beyond the limit of whoever asked for it. Throws `credits.adjustment_decided` when
 * somebody was faster, `credits.four_eyes` for the one who asked, `credits.over_limit` when it is beyond one's own limit.
 */
export async function decideAdjustment(
  ctx: Ctx,
  { id, approve, reason }: { id: string; approve: boolean; reason: string },
): Promise<void> {
  const { role, userId } = staffOf(ctx);
  await ctx.db.transaction(async (tx) => {
    const undecided = and(eq(creditAdjustments.id, id), isNull(creditAdjustments.decision));
    const [waiting] = await tx.select().from(creditAdjustments).where(undecided).for("update");
    if (!waiting) throw creditErrors.adjustmentDecided();
    if (approve && waiting.requestedBy === userId) throw creditErrors.fourEyes();
    if (approve && !withinLimit(role, waiting.credits)) throw creditErrors.overLimit();
    await tx
      .update(creditAdjustments)
      .set({ decision: approve ? "approved" : "refused", decidedBy: userId, decidedAt: ctx.now() })
      .where(undecided);
    const action = approve ? "credits.approve_adjustment" : "credits.refuse_adjustment";
    await recordAct(tx, { action, subject: waiting.customerId, reason });
    if (approve) await enqueue(tx, adjustJob, { adjustmentId: id });
  });
}
