import { type EntitlementPorts, entitlementErrors, lookAtOrganization } from "../entitlements/index.ts";
import type { OrganizationRole } from "../kernel/actor.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { checkoutErrors } from "./errors.ts";

const PAYERS: readonly OrganizationRole[] = ["owner", "admin", "billing"];

/**
 * Throws unless the caller looks after the organization's money: `entitlements.organization_not_found` (404),
 * `entitlements.not_a_member` (403), `checkout.not_a_payer` (403). Staff see organizations and pay for none but their own.
 */
export async function requirePayer(ctx: Ctx<EntitlementPorts>, organizationId: string): Promise<void> {
  const { role } = await lookAtOrganization(ctx, organizationId);
  if (role === null) throw entitlementErrors.notMember({ organizationId });
  if (!PAYERS.includes(role)) throw checkoutErrors.notPayer({ organizationId, roles: PAYERS });
}
