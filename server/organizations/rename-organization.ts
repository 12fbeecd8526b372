import { eq } from "drizzle-orm";
import { organizations } from "../../drizzle/schema/organizations.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { MANAGERS, requireCompany } from "./standing.ts";

/**
 * Gives a company another name; owners and admins may. Recorded with the old one. Idempotent.
 * Throws `organizations.not_found`, `organizations.role_missing`, `organizations.personal`.
 */
export async function renameOrganization(ctx: Ctx, wish: { organizationId: string; name: string }): Promise<void> {
  const { organizationId, name } = wish;
  await ctx.db.transaction(async (tx) => {
    const company = await requireCompany(tx, { organizationId, roles: MANAGERS });
    if (company.name === name) return;
    await tx.update(organizations).set({ name }).where(eq(organizations.id, organizationId));
    await recordAct(tx, {
      action: "organizations.rename",
      subject: organizationId,
      reason: `${company.name} → ${name}`,
    });
  });
}
