import { and, desc, eq, getTableColumns, inArray, isNull, or, sql } from "drizzle-orm";
import { entitlements, telemetry } from "../../drizzle/schema/entitlements.ts";
import { organizationMembers, organizations } from "../../drizzle/schema/organizations.ts";
import { planVersions } from "../../drizzle/schema/plans.ts";
import { subscriptionChanges } from "../../drizzle/schema/subscription-changes.ts";
import { inFreeTime, subscriptions } from "../../drizzle/schema/subscriptions.ts";
import { customerOf } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { withWho } from "../kernel/names.ts";
import { keyset } from "../kernel/page.ts";
import { explainEntitlements } from "./explain-entitlements.ts";

/** The version that an organization's plan is of; null while the shop has no plans. */
export async function planHeldBy(tx: Tx, organizationId: string) {
  const [row] = await tx
    .select({ code: planVersions.planCode, name: planVersions.name, version: planVersions.version })
    .from(entitlements)
    .innerJoin(planVersions, eq(planVersions.id, entitlements.planVersionId))
    .where(
      and(
        eq(entitlements.organizationId, organizationId),
        eq(entitlements.source, "plan"),
        isNull(entitlements.replacedAt),
      ),
    )
    .limit(1);
  return row ?? null;
}

/** A page of the organizations that somebody is in, in the order in which they came to be in them: the personal one first. */
export async function listOwnPlans(
  tx: Tx,
  of: { readonly userId: string; readonly cursor?: string | undefined; readonly limit: number },
) {
  const { joinedAt, userId, leftAt, role } = organizationMembers;
  const { id, kind, name } = organizations;
  const place = keyset(of, { by: joinedAt, id, type: "timestamptz", direction: "asc" });
  const rows = await tx
    .select({ id, kind, name, role, cursorAt: place.cursorAt })
    .from(organizationMembers)
    .innerJoin(organizations, eq(id, organizationMembers.organizationId))
    .where(and(eq(userId, of.userId), isNull(leftAt), isNull(organizations.closedAt), place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  return place.page(rows);
}

/** Whether an organization, or whoever asks for it, has had a trial before: it is had once. */
export async function hadPlanTrial(tx: Tx, organizationId: string): Promise<boolean> {
  const customerId = customerOf(tx.scope.actor);
  const theirs = or(
    eq(subscriptions.organizationId, organizationId),
    customerId === null ? undefined : eq(subscriptions.customerId, customerId),
  );
  const rows = await tx
    .select({ id: subscriptions.id })
    .from(subscriptions)
    .where(and(theirs, subscriptions.hadTrial))
    .limit(1);
  return rows.length > 0;
}

/** The subscription that an organization pays for, the newest first of those that run; for whoever looks after its money. */
export async function planSubscription(tx: Tx, organizationId: string) {
  const [row] = await tx
    .select({
      id: subscriptions.id,
      status: subscriptions.status,
      currency: subscriptions.currency,
      amount: subscriptions.amount,
      interval: subscriptions.interval,
      extraSeats: subscriptions.extraSeats,
      currentPeriodEndAt: subscriptions.currentPeriodEndAt,
      cancelAt: subscriptions.cancelAt,
      /** What the end of its trial brings, as long as no card has come; null: it is charged. */
      withoutCard: sql<
        typeof subscriptions.$inferSelect.trialWithoutCard
      >`case when ${subscriptions.stripeCardId} is null then ${subscriptions.trialWithoutCard} end`,
      freeTime: inFreeTime,
      endedAt: subscriptions.endedAt,
      planCode: planVersions.planCode,
      version: planVersions.version,
      /** What is booked for it: another price of another version, or other terms at the same price. */
      bookedAt: subscriptionChanges.effectiveAt,
      bookedKind: subscriptionChanges.kind,
      bookedAmount: subscriptionChanges.amount,
      bookedSeats: subscriptionChanges.quantity,
    })
    .from(subscriptions)
    .leftJoin(
      subscriptionChanges,
      and(
        eq(subscriptionChanges.subscriptionId, subscriptions.id),
        eq(subscriptionChanges.status, "scheduled"),
        inArray(subscriptionChanges.kind, ["plan", "version", "seats"]),
      ),
    )
    .innerJoin(planVersions, eq(planVersions.id, subscriptions.planVersionId))
    .where(
      and(
        eq(subscriptions.organizationId, organizationId),
        inArray(subscriptions.status, ["trialing", "active", "past_due", "unpaid", "paused"]),
      ),
    )
    .orderBy(desc(subscriptions.createdAt), desc(subscriptions.id))
    .limit(1);
  return row ?? null;
}

/** What staff see of what an organization may do: each feature with its reason, its plan and what that is paid with. */
export async function entitlementsForStaff(tx: Tx, organizationId: string) {
  const [organization] = await tx
    .select({
      id: organizations.id,
      kind: organizations.kind,
      name: organizations.name,
      closedAt: organizations.closedAt,
    })
    .from(organizations)
    .where(eq(organizations.id, organizationId));
  if (!organization) return null;
  return {
    organization,
    plan: await planHeldBy(tx, organizationId),
    subscription: await planSubscription(tx, organizationId),
    features: await explainEntitlements(tx, organizationId, { forStaff: true }),
  };
}

type Asked = { readonly organizationId: string; readonly cursor?: string | undefined; readonly limit: number };

/** Whether an exception is still to come, holds, or holds no longer: another took its place, it was ended, or its time is over. */
const overrideState = sql<"coming" | "present" | "over">`case
  when ${entitlements.replacedAt} is not null or ${entitlements.endsAt} <= app_now() then 'over'
  when ${entitlements.startsAt} > app_now() then 'coming' else 'present' end`;

/** A page of the exceptions that staff made for an organization with who made each, those to come and those that ended too, the newest first. */
export async function listOverrides(tx: Tx, of: Asked) {
  const { id, createdAt, organizationId, source } = entitlements;
  const place = keyset(of, { by: createdAt, id, type: "timestamptz", direction: "desc" });
  const rows = await tx
    .select({ ...getTableColumns(entitlements), state: overrideState, cursorAt: place.cursorAt })
    .from(entitlements)
    .where(and(eq(organizationId, of.organizationId), eq(source, "override"), place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const page = place.page(rows);
  return { ...page, items: await withWho(tx, page.items, ({ createdBy }) => createdBy) };
}

/** A page of an organization's changes of plan, the newest first. */
export async function listPlanChanges(tx: Tx, of: Asked) {
  const { id, at, organizationId } = telemetry;
  const place = keyset(of, { by: at, id, type: "timestamptz", direction: "desc" });
  const rows = await tx
    .select({ ...getTableColumns(telemetry), cursorAt: place.cursorAt })
    .from(telemetry)
    .where(and(eq(organizationId, of.organizationId), place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  return place.page(rows);
}
