import type { AppLoadContext } from "@remix-run/node";

type Context = Pick<AppLoadContext, "caller" | "locale">;
export type HeldReasons = Awaited<ReturnType<typeof heldReasons>>[number];

/** What these organizations may do, each feature with its reason, for staff. */
export async function heldReasons({ caller, locale }: Context, organizationIds: readonly string[]) {
  if (organizationIds.length === 0) return [];
  const [offered, ...all] = await Promise.all([
    caller.entitlements.plans(),
    ...organizationIds.map((organizationId) => caller.entitlements.office.get({ organizationId })),
  ]);
  const names = Object.fromEntries(offered.plans.map(({ code, name }) => [code, name[locale]]));
  return all.map(({ organization, plan, features }) => ({
    ...{ organizationId: organization.id, name: organization.name, plan, names },
    features: features.map((feature) => ({ ...feature, name: feature.name[locale] })),
  }));
}
