import { type Actor, actorName } from "../kernel/actor.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Held } from "./entitlement-book.ts";
import { entitlementErrors } from "./errors.ts";
import { isOn } from "./feature-value.ts";
import type { EntitlementPorts } from "./has-entitlement.ts";

/** The eight that are always answered, whatever the plan says of them. */
export const DOCUMENTED = [
  "canUseAllModules",
  "canExportPDF",
  "canExportJSON",
  "canUseGptTestReal",
  "hasAPI",
  "canExportBundleZip",
  "hasWhiteLabel",
  "hasSeatsGT1",
] as const;
export type Documented = (typeof DOCUMENTED)[number];

/**
 * What an organization holds, for one of its members, a program with its key, or staff. Only looks. Throws
 * `entitlements.organization_not_found`, `entitlements.not_a_member`.
 */
export async function lookAtOrganization(ctx: Ctx<EntitlementPorts>, organizationId: string): Promise<Held> {
  const { actor } = ctx;
  const userId = "userId" in actor ? actor.userId : null;
  const held = await ctx.providers.entitlements.look(organizationId, userId, ctx.now());
  if (!held) throw entitlementErrors.noOrganization({ organizationId });
  if (!isOf(actor, organizationId, held) && actor.kind !== "staff") {
    ctx.log.warn({ organizationId, actor: actorName(actor) }, "asked for an organization of others");
    throw entitlementErrors.notMember({ organizationId });
  }
  return held;
}

/** Whether it is one of the organization's members who asks, or a program with its key. */
function isOf(actor: Actor, organizationId: string, held: Held): boolean {
  return held.role !== null || (actor.kind === "organization" && actor.organizationId === organizationId);
}

/** The eight flags of the API. */
export function documentedFlags(held: Held): Record<Documented, boolean> {
  return Object.fromEntries(DOCUMENTED.map((key) => [key, isOn(held.entitlements[key])])) as Record<
    Documented,
    boolean
  >;
}

/**
 * Throws unless the caller is in the organization and it has the feature: what {@link lookAtOrganization} does, and
 * `entitlements.missing` (403) naming the feature.
 */
export async function requireEntitled(
  ctx: Ctx<EntitlementPorts>,
  organizationId: string,
  feature: string,
): Promise<void> {
  const held = await lookAtOrganization(ctx, organizationId);
  // Staff look at what an organization holds; what its members use of it is theirs alone.
  if (!isOf(ctx.actor, organizationId, held)) throw entitlementErrors.notMember({ organizationId });
  if (!isOn(held.entitlements[feature])) throw entitlementErrors.missing({ feature });
}
