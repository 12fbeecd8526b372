import type { Ctx } from "../kernel/ctx.ts";
import type { EntitlementBook } from "./entitlement-book.ts";
import { isOn } from "./feature-value.ts";

export type EntitlementPorts = { readonly entitlements: EntitlementBook };

/**
 * Whether an organization may do something now: its plan's word, or the exception that staff made. Cached for a quarter of a
 * second per organization. What is unknown (the feature, the organization) is not allowed.
 */
export async function hasEntitlement(
  ctx: Pick<Ctx<EntitlementPorts>, "providers" | "now">,
  organizationId: string,
  feature: string,
): Promise<boolean> {
  const held = await ctx.providers.entitlements.look(organizationId, null, ctx.now());
  return isOn(held?.entitlements[feature]);
}
