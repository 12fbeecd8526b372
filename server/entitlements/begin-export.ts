import { eq } from "drizzle-orm";
import { organizations } from "../../drizzle/schema/organizations.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { entitlementErrors } from "./errors.ts";
import { explainEntitlements } from "./explain-entitlements.ts";
import type { ExportFormat } from "./input.ts";
import { planHeldBy } from "./queries.ts";

/**
 * Somebody begins to take along what there is of their organization: what it is, its plan, and what that holds. The rest
 * follows part by part ({@link exportPage}). Recorded in the audit book before anything leaves. Throws
 * `entitlements.organization_not_found`.
 */
export async function beginExport(ctx: Ctx, wish: { organizationId: string; format: ExportFormat }) {
  const { organizationId, format } = wish;
  return ctx.db.transaction(async (tx) => {
    const { id, kind, name, createdAt } = organizations;
    const [organization] = await tx
      .select({ id, kind, name, createdAt })
      .from(organizations)
      .where(eq(id, organizationId));
    if (!organization) throw entitlementErrors.noOrganization({ organizationId });
    await recordAct(tx, { action: "organizations.export", subject: organizationId, reason: format });
    const explained = await explainEntitlements(tx, organizationId, { forStaff: false });
    return {
      exportedAt: tx.scope.now,
      organization,
      plan: await planHeldBy(tx, organizationId),
      entitlements: Object.fromEntries(explained.map(({ key, value }) => [key, value])),
    };
  });
}
