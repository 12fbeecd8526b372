import { and, eq, isNull } from "drizzle-orm";
import { drifts } from "../../drizzle/schema/reconciliation.ts";
import { raiseAlert, resolveAlert } from "../kernel/alert.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import type { Providers } from "../ports.ts";
import { isAwaited, readOurs, readTheirs } from "./both-sides.ts";
import { type Difference, differences } from "./differences.ts";
import { HEALERS } from "./heal.ts";
import { markCompared, type OpenObject } from "./open-objects.ts";

/**
 * Compares one object with the provider and puts ours right where they differ: each difference is a drift row, and the
 * use case that a webhook would have called heals it; nothing is written here directly. An object that changed here while
 * it was looked at, or whose news is on its way (in the inbox, or as the answer to a call of ours), is left to the next round. What no use case can heal stays open and
 * raises `reconciliation.drift`; an object that the provider does not know gets a tombstone and `reconciliation.gone`.
 * Idempotent. Answers how many differences there were. Throws ProviderError when the provider cannot be asked.
 */
export async function compareObject(ctx: Ctx<Providers>, object: OpenObject): Promise<number> {
  const before = await ctx.db.transaction((tx) => readOurs(tx, object), { readOnly: true });
  const theirs = await readTheirs(ctx, object);
  const found = await ctx.db.transaction(async (tx) => {
    // In one packet: nearly every object is as it was, and none of it is open.
    const [ours, awaited, open] = await Promise.all([
      readOurs(tx, object),
      isAwaited(tx, object),
      openDrifts(tx, object),
    ]);
    if (differences(before, ours).length > 0 || awaited) return null;
    const different = differences(ours, theirs);
    for (const difference of different) await record(tx, object, difference);
    if (different.length === 0) await settle(tx, object, { open, except: [] }, "another look");
    await markCompared(tx, object);
    return different;
  });
  if (found === null || found.length === 0) return 0;
  const { useCase, heal } = HEALERS[object.kind];
  ctx.log.warn(
    { kind: object.kind, object: object.object, fields: found.map(({ field }) => field) },
    "something is otherwise than it should be",
  );
  await heal(ctx, object);
  await ctx.db.transaction(async (tx) => {
    const left = differences(await readOurs(tx, object), theirs);
    const closed = theirs === null && object.kind === "checkout";
    const except = closed ? [] : left.map(({ field }) => field);
    await settle(tx, object, { open: await openDrifts(tx, object), except }, useCase);
    if (theirs === null && !closed) await bury(tx, object);
    else if (left.length > 0 && !closed) await tell(tx, object, left);
  });
  return found.length;
}

async function record(tx: Tx, { kind, object, subject }: OpenObject, difference: Difference): Promise<void> {
  await tx
    .insert(drifts)
    .values({ id: newId("dft"), kind, object, subject, ...difference, foundAt: tx.scope.now })
    .onConflictDoUpdate({
      target: [drifts.object, drifts.field],
      targetWhere: isNull(drifts.healedAt),
      set: { ours: difference.ours, theirs: difference.theirs },
    });
}

type OpenDrift = { readonly id: string; readonly field: string };

async function openDrifts(tx: Tx, { object }: OpenObject): Promise<OpenDrift[]> {
  return tx
    .select({ id: drifts.id, field: drifts.field })
    .from(drifts)
    .where(and(eq(drifts.object, object), isNull(drifts.healedAt)));
}

/** Everything open about the object is healed, but the fields that still differ. */
async function settle(
  tx: Tx,
  { object }: OpenObject,
  { open, except }: { open: readonly OpenDrift[]; except: readonly string[] },
  healedBy: string,
): Promise<void> {
  for (const { id, field } of open)
    if (!except.includes(field))
      await tx.update(drifts).set({ healedBy, healedAt: tx.scope.now }).where(eq(drifts.id, id));
  // Staff were told of nothing that is not open.
  if (open.length > 0 && except.length === 0) await resolveAlert(tx, { kind: "reconciliation.drift", subject: object });
}

async function bury(tx: Tx, object: OpenObject): Promise<void> {
  await markCompared(tx, object, true);
  const detail = `The provider no longer knows the ${object.kind} ${object.subject}. It is kept here as it was.`;
  await raiseAlert(tx, { kind: "reconciliation.gone", subject: object.object, detail });
}

async function tell(tx: Tx, object: OpenObject, left: readonly Difference[]): Promise<void> {
  const detail = object.kind === "organization" ? otherPlan(object, left) : otherAtProvider(object, left);
  await raiseAlert(tx, { kind: "reconciliation.drift", subject: object.object, detail: detail.slice(0, 500) });
}

/** The provider knows of no plans: what one should be follows from what is paid for. */
function otherPlan({ object }: OpenObject, left: readonly Difference[]): string {
  const plan = left.find(({ field }) => field === "plan");
  return `The organization ${object} has the plan ${plan?.ours ?? "nothing"} instead of ${plan?.theirs ?? "nothing"}. Applying it again did not help.`;
}

function otherAtProvider(object: OpenObject, left: readonly Difference[]): string {
  const what = left.map(
    ({ field, ours, theirs }) => `${field} ${ours ?? "nothing"} here, ${theirs ?? "nothing"} there`,
  );
  return `The ${object.kind} ${object.subject ?? object.object} could not be brought to what the provider holds: ${what.join("; ")}.`;
}
