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
 * Recorded. Throws `organizations.too_many`.
 */
export async function foundOrganization(ctx: Ctx, wish: { session: Session; name: string }): Promise<{ id: string }> {
  const organizationId = newId("org");
  const { userId } = wish.session;
  await ctx.db.transaction(async (tx) => {
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
