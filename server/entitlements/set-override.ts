import { and, eq, isNull } from "drizzle-orm";
import { entitlements } from "../../drizzle/schema/entitlements.ts";
import { type FeatureValue, features } from "../../drizzle/schema/plans.ts";
import { actorName } from "../kernel/actor.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { entitlementErrors } from "./errors.ts";
import { isValueOf } from "./feature-value.ts";

export type Override = {
  readonly organizationId: string;
  readonly feature: string;
  readonly value: FeatureValue;
  /** Business time; left out: from now, until it is ended. */
  readonly startsAt?: Date | undefined;
  readonly endsAt?: Date | undefined;
  readonly reason: string;
};

/**
 * Staff make an exception from an organization's plan: what a feature is worth, from when until when and why. It takes the
 * place of the exception that was there, and plans that come and go leave it alone. The act is recorded. Sent again it changes
 * nothing. Throws `entitlements.no_such_feature`, `entitlements.derived`, `entitlements.bad_value`, `entitlements.bad_end`,
 * `entitlements.override.conflict` when somebody else was faster.
 */
export async function setOverride(ctx: Ctx, wish: Override): Promise<void> {
  const { organizationId, feature, value, reason } = wish;
  await ctx.db.transaction(async (tx) => {
    const { startsAt, endsAt } = await checkOverride(tx, wish);
    const now = tx.scope.now;
    const present = await holdOverride(tx, organizationId, feature);
    if (present && isSame(present, wish)) return;
    if (present) await replace(tx, present.id);
    const rows = await tx
      .insert(entitlements)
      .values({
        ...{ id: newId("ent"), organizationId, feature, value, source: "override" as const, startsAt, endsAt, reason },
        ...{ createdBy: actorName(ctx.actor), createdAt: now },
      })
      .onConflictDoNothing()
      .returning({ id: entitlements.id });
    if (rows.length === 0) throw entitlementErrors.conflict();
    await recordAct(tx, {
      action: "entitlements.set_override",
      subject: organizationId,
      reason: `${feature}: ${reason}`,
    });
  });
}

/** Ends an exception: the plan's word holds again. The act is recorded. Throws `entitlements.no_override`. */
export async function endOverride(
  ctx: Ctx,
  wish: { readonly organizationId: string; readonly feature: string; readonly reason: string },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const present = await holdOverride(tx, wish.organizationId, wish.feature);
    if (!present) throw entitlementErrors.noOverride();
    await replace(tx, present.id);
    const reason = `${wish.feature}: ${wish.reason}`;
    await recordAct(tx, { action: "entitlements.end_override", subject: wish.organizationId, reason });
  });
}

/**
 * From when until when an exception would hold; null: until it is ended. Throws `entitlements.no_such_feature`,
 * `entitlements.derived`, `entitlements.bad_value`, `entitlements.bad_end`.
 */
export async function checkOverride(
  tx: Tx,
  wish: Override,
): Promise<{ readonly startsAt: Date; readonly endsAt: Date | null }> {
  await requireValue(tx, wish.feature, wish.value);
  const now = tx.scope.now;
  const startsAt = wish.startsAt ?? now;
  const endsAt = wish.endsAt ?? null;
  if (endsAt !== null && endsAt.getTime() <= Math.max(startsAt.getTime(), now.getTime()))
    throw entitlementErrors.badEnd({ field: "endsAt" });
  return { startsAt, endsAt };
}

async function requireValue(tx: Tx, key: string, value: FeatureValue): Promise<void> {
  const [feature] = await tx.select().from(features).where(eq(features.key, key));
  if (!feature) throw entitlementErrors.noFeature({ feature: key });
  if (feature.derived) throw entitlementErrors.derived({ feature: key });
  if (!isValueOf(feature.kind, value)) throw entitlementErrors.badValue({ field: "value", kind: feature.kind });
}

/** The exception of a feature that none has taken the place of, whether it has begun or not. */
export async function findOverride(tx: Tx, organizationId: string, feature: string) {
  const [row] = await tx.select().from(entitlements).where(presentOverride(organizationId, feature));
  return row ?? null;
}

async function holdOverride(tx: Tx, organizationId: string, feature: string) {
  const [row] = await tx.select().from(entitlements).where(presentOverride(organizationId, feature)).for("update");
  return row ?? null;
}

const presentOverride = (organizationId: string, feature: string) =>
  and(
    eq(entitlements.organizationId, organizationId),
    eq(entitlements.feature, feature),
    eq(entitlements.source, "override"),
    isNull(entitlements.replacedAt),
  );

async function replace(tx: Tx, id: string): Promise<void> {
  await tx.update(entitlements).set({ replacedAt: tx.scope.now }).where(eq(entitlements.id, id));
}

function isSame(present: typeof entitlements.$inferSelect, wish: Override): boolean {
  return (
    JSON.stringify(present.value) === JSON.stringify(wish.value) &&
    present.reason === wish.reason &&
    (wish.startsAt === undefined || present.startsAt.getTime() === wish.startsAt.getTime()) &&
    (present.endsAt?.getTime() ?? null) === (wish.endsAt?.getTime() ?? null)
  );
}
