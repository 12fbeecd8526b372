import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Session } from "../identity/index.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { newId } from "../kernel/id.ts";
import { organizationErrors } from "./errors.ts";
import { takeSeat } from "./move-seat.ts";

/** Open companies that one person may own. */
const MOST = 20;

/**
 * Somebody founds a company: they are its first owner, have its first seat and pay for it until somebody else does.
 * Idempotent by `formKey`. One at a time for each person, so that the limit is exact. Recorded. Throws
 * `organizations.too_many`.
 */
export async function foundOrganization(
  ctx: Ctx,
  wish: { session: Session; name: string; formKey?: string | undefined },
): Promise<{ id: string }> {
  const { userId } = wish.session;
  const organizationId = wish.formKey === undefined ? newId("org") : idOf(userId, wish.formKey);
  await ctx.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`organizations:${userId}`}, 0))`);
    const [known] = await tx.execute(sql`select 1 from organizations where id = ${organizationId}`);
    if (known) return;
    const owned = await tx.execute(sql`select 1 from organizations
      where kind = 'company' and id in (select app.my_organizations('{owner}')) limit ${MOST}`);
    if (owned.length >= MOST) throw organizationErrors.tooMany({ most: MOST });
    await tx.execute(sql`select app.found_organization(${organizationId}, ${newId("omb")}, ${wish.name},
      ${tx.scope.now.toISOString()}::timestamptz)`);
    await takeSeat(tx, { organizationId, userId });
    await recordAct(tx, { action: "organizations.found", subject: organizationId, reason: wish.name });
  });
  return { id: organizationId };
}

/** Of one form of one person: asked again it is the same company. */
function idOf(userId: string, formKey: string): string {
  return `org_${createHash("sha256").update(`${userId}\n${formKey}`).digest("hex").slice(0, 26)}`;
}
