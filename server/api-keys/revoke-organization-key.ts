import { and, eq, isNull } from "drizzle-orm";
import { apiKeys } from "../../drizzle/schema/api-keys.ts";
import { actorName } from "../kernel/actor.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { MANAGERS, requireRole } from "../organizations/index.ts";
import { apiKeyErrors } from "./errors.ts";

/**
 * Ends a key of an organization, whoever made it: from the next request on every process refuses it. Owners and admins may,
 * whatever the plan. Idempotent; recorded once. Throws `api_keys.not_found`, `organizations.not_found`,
 * `organizations.role_missing`.
 */
export async function revokeOrganizationKey(ctx: Ctx, wish: { organizationId: string; id: string }): Promise<void> {
  const { organizationId, id } = wish;
  await ctx.db.transaction(async (tx) => {
    await requireRole(tx, { organizationId, roles: MANAGERS });
    const one = and(eq(apiKeys.id, id), eq(apiKeys.organizationId, organizationId));
    const [found] = await tx.select({ id: apiKeys.id }).from(apiKeys).where(one);
    if (!found) throw apiKeyErrors.notOfOrganization();
    const revoked = await tx
      .update(apiKeys)
      .set({ revokedAt: ctx.technical.now(), revokedBy: actorName(tx.scope.actor) })
      .where(and(one, isNull(apiKeys.revokedAt)))
      .returning({ id: apiKeys.id });
    if (revoked.length > 0)
      await recordAct(tx, { action: "organizations.revoke_key", subject: organizationId, reason: id });
  });
}
