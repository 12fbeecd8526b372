import { sql } from "drizzle-orm";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";

/**
 * Gives up the domains of a company, or of those that somebody is or was in, that no owner or admin has a proven address of any more:
 * what showed that they are the company's is gone. Whoever came in by one stays; who has such an address can claim it again. Recorded.
 * Idempotent. Worker only.
 */
export async function lapseDomains(ctx: Ctx, of: { organizationId: string } | { userId: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const companies =
      "organizationId" in of
        ? sql`select ${of.organizationId}::text`
        : sql`select m.organization_id from organization_members m where m.user_id = ${of.userId}`;
    // Claims, roles and removals wait for the same lock: what is read after it has come is as they left it.
    await tx.execute(sql`select 1 from organizations o where o.id in (${companies})
      and exists (select 1 from organization_domains d where d.organization_id = o.id and d.given_up_at is null)
      order by o.id for no key update`);
    const lapsed = await tx.execute<{ organization_id: string; domain: string }>(sql`
      update organization_domains d set given_up_at = ${tx.scope.now.toISOString()}::timestamptz
      where d.given_up_at is null and d.organization_id in (${companies})
        and not exists (select 1 from organization_members m join users u on u.id = m.user_id
          where m.organization_id = d.organization_id and m.left_at is null and m.role in ('owner', 'admin')
            and u.email_verified_at is not null and split_part(u.email_normalized, '@', 2) = d.domain)
      returning d.organization_id, d.domain`);
    for (const { organization_id: subject, domain } of lapsed)
      await recordAct(tx, { action: "organizations.lapse_domain", subject, reason: domain });
  });
}
