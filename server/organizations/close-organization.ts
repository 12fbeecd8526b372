import { and, eq, isNull, sql } from "drizzle-orm";
import { organizationDomains, organizationInvitations } from "../../drizzle/schema/organizations.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { organizationErrors } from "./errors.ts";
import { freeSeatsOf } from "./move-seat.ts";
import { requireCompany } from "./standing.ts";

/**
 * Ends a company; owners alone may. Its invitations are withdrawn, its domains given up, its seats freed and its members leave; what it bought
 * stays with whoever paid. Nothing of it is deleted, and it does not open again. Recorded. Throws
 * `organizations.still_running` while it has a plan that is billed, `organizations.not_found`, `organizations.role_missing`,
 * `organizations.personal`.
 */
export async function closeOrganization(ctx: Ctx, wish: { organizationId: string }): Promise<void> {
  const { organizationId } = wish;
  await ctx.db.transaction(async (tx) => {
    await requireCompany(tx, { organizationId, roles: ["owner"] });
    const [running] = await tx.execute<{ what: string | null }>(
      sql`select app.organization_obligation(${organizationId}) as what`,
    );
    if (running?.what) throw organizationErrors.stillRunning({ what: running.what });
    await recordAct(tx, { action: "organizations.close", subject: organizationId, reason: null });
    await freeSeatsOf(tx, organizationId, "the organization was closed");
    const { acceptedAt, withdrawnAt } = organizationInvitations;
    await tx
      .update(organizationInvitations)
      .set({ withdrawnAt: ctx.technical.now() })
      .where(and(eq(organizationInvitations.organizationId, organizationId), isNull(acceptedAt), isNull(withdrawnAt)));
    await tx
      .update(organizationDomains)
      .set({ givenUpAt: tx.scope.now })
      .where(and(eq(organizationDomains.organizationId, organizationId), isNull(organizationDomains.givenUpAt)));
    // In one statement, the end first: whoever has left may close nothing, and nobody leaves what is closed.
    const at = tx.scope.now.toISOString();
    await tx.execute(sql`
      with closed as (update organizations set closed_at = ${at}::timestamptz where id = ${organizationId} returning id)
      update organization_members set left_at = ${at}::timestamptz
      where organization_id = (select id from closed) and left_at is null`);
  });
}
