import { eq, sql } from "drizzle-orm";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import { raiseAlert, resolveAlert } from "../kernel/alert.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";

/** A subscription in one of these gives what its plan holds; one that rests, where its version says so: not a trial without a card. */
const ENTITLING = sql`(s.status in ('trialing', 'active') or (s.status = 'paused' and s.pause_at is not null and v.pause_keeps)
  or (s.status in ('past_due', 'unpaid') and coalesce(s.grace_ends_at > app_now(), s.status = 'past_due')))`;

const paidFor = (organizationId: string) => sql`coalesce((select p.code from subscriptions s
    join plan_versions v on v.id = s.plan_version_id
    join plans p on p.code = v.plan_code
    where s.organization_id = ${organizationId} and ${ENTITLING}
    order by p.position desc limit 1), 'pilot')`;

/**
 * The plan by which an organization would have what it has, if it were applied now: its highest that is paid for, else the pilot. `code` null: by none,
 * since the version holds nothing. Null: nothing would be applied, and what was stays, since no version is bought or on sale.
 */
export async function planToApply(tx: Tx, organizationId: string): Promise<{ readonly code: string | null } | null> {
  const [row] = await tx.execute<{ code: string; version: string | null; holds: boolean }>(sql`
    select w.code, w.version, exists (select 1 from plan_entitlements p where p.plan_version_id = w.version) as holds from (
      select paid.code, coalesce(
        (select v.id from subscriptions s join plan_versions v on v.id = s.plan_version_id
          where s.organization_id = ${organizationId} and v.plan_code = paid.code and ${ENTITLING}
          order by s.created_at desc, s.id desc limit 1),
        (select v.id from plan_versions v where v.plan_code = paid.code and v.status = 'published')) as version
      from (select ${paidFor(organizationId)} as code) paid) w`);
  if (!row || row.version === null) return null;
  return { code: row.holds ? row.code : null };
}

/** The plan by which an organization has what it has now; null: by none. */
export async function planApplied(tx: Tx, organizationId: string): Promise<string | null> {
  const [row] = await tx.execute<{ code: string }>(sql`select v.plan_code as code from entitlements e
    join plan_versions v on v.id = e.plan_version_id
    where e.organization_id = ${organizationId} and e.source = 'plan' and e.replaced_at is null limit 1`);
  return row?.code ?? null;
}

/** An organization has more people on seats than its plan holds any more. */
export const OVER_SEATS_ALERT = "entitlements.over_seats";

/**
 * Makes an organization's entitlements what its subscriptions say now: those of its highest plan that is paid for, or
 * whose missing payment is still within its grace (however long that is tried again), or that rests and holds on meanwhile; the pilot's when there is none.
 * Asks no event what happened, so it can run any number of times, in any order, at once (it locks the organization). A change of plan is a row of `runs.telemetry` in the same transaction, with `cause`.
 * Raises `entitlements.over_seats` while more seats are claimed than the plan holds. A subscription of a person's own changes nothing.
 */
export async function applyPlan(
  ctx: Pick<Ctx, "db">,
  { subscriptionId, cause }: { subscriptionId: string; cause: string },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [subscription] = await tx
      .select({ organizationId: subscriptions.organizationId })
      .from(subscriptions)
      .where(eq(subscriptions.id, subscriptionId));
    const organizationId = subscription?.organizationId;
    if (!organizationId) return;
    await tx.execute(sql`select 1 from organizations where id = ${organizationId} for no key update`);
    await tx.execute(sql`select set_config('app.cause', ${`${cause} ${subscriptionId}`}, true)`);
    await tx.execute(sql`select pf_apply_plan_entitlements(${organizationId}, ${paidFor(organizationId)})`);
    await watchSeats(tx, organizationId);
  });
}

async function watchSeats(tx: Tx, organizationId: string): Promise<void> {
  const [seats] = await tx.execute<{ claimed: number; allowed: number }>(sql`
    select count(*)::int as claimed, app.seats_allowed(${organizationId}) as allowed
    from seats where organization_id = ${organizationId} and status = 'claimed'`);
  const about = { kind: OVER_SEATS_ALERT, subject: organizationId };
  if (!seats || seats.claimed <= seats.allowed) return resolveAlert(tx, about);
  const detail = `${seats.claimed} seats are claimed and the plan holds ${seats.allowed}.`;
  await raiseAlert(tx, { ...about, detail });
}
