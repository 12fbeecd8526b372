import { type SQL, sql } from "drizzle-orm";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";

/** As long as a change of an address can be undone. */
const COMES_BACK = sql.raw("interval '14 days'");

/**
 * Gives up the domains of a company, or of those that somebody is or was in, that no owner or admin has a proven address of any more, or
 * none whose account is open: what showed that they are the company's is gone. Whoever came in by one stays. What was given up so comes
 * back as it was when one has such an address again within fourteen days (a thief's change of it was undone, an account was shut by
 * mistake) and no other company has claimed it. Recorded. Idempotent. Worker only.
 */
export async function lapseDomains(ctx: Ctx, of: { organizationId: string } | { userId: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const companies =
      "organizationId" in of
        ? sql`select ${of.organizationId}::text`
        : sql`select m.organization_id from organization_members m where m.user_id = ${of.userId}`;
    const now = sql`${tx.scope.now.toISOString()}::timestamptz`;
    // Claims, roles and removals wait for the same lock: what is read after it has come is as they left it.
    await tx.execute(sql`select 1 from organizations o where o.id in (${companies})
      and exists (select 1 from organization_domains d where d.organization_id = o.id and (d.given_up_at is null or d.lapsed_at is not null))
      order by o.id for no key update`);
    const lapsed = await tx.execute<Moved>(sql`
      update organization_domains d set given_up_at = ${now}, lapsed_at = ${now}
      where d.given_up_at is null and d.organization_id in (${companies}) and not ${SHOWN}
      returning d.organization_id, d.domain`);
    await record(tx, "organizations.lapse_domain", lapsed);
    const back = await tx.execute<Moved>(sql`
      update organization_domains d set given_up_at = null, lapsed_at = null
      where d.organization_id in (${companies}) and d.lapsed_at = d.given_up_at and d.lapsed_at > ${now} - ${COMES_BACK} and ${SHOWN}
        and not exists (select 1 from organization_domains other where other.domain = d.domain
          and (other.given_up_at is null or (other.organization_id = d.organization_id and other.lapsed_at > d.lapsed_at)))
        and exists (select 1 from organizations o where o.id = d.organization_id and o.closed_at is null)
      returning d.organization_id, d.domain`);
    await record(tx, "organizations.restore_domain", back);
  });
}

type Moved = { organization_id: string; domain: string };

/** An owner or admin of the company has a proven address of the domain. */
const SHOWN: SQL = sql`exists (select 1 from organization_members m join users u on u.id = m.user_id
  where m.organization_id = d.organization_id and m.left_at is null and m.role in ('owner', 'admin')
    and u.email_verified_at is not null and u.disabled_at is null and split_part(u.email_normalized, '@', 2) = d.domain)`;

async function record(
  tx: Tx,
  action: "organizations.lapse_domain" | "organizations.restore_domain",
  moved: readonly Moved[],
): Promise<void> {
  for (const { organization_id: subject, domain } of moved) await recordAct(tx, { action, subject, reason: domain });
}
