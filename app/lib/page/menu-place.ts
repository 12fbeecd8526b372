import { useLocation, useMatches } from "@remix-run/react";

/**
 * Where in the account's menu one is. The pages of a change (cancel, pause, switch) stand under memberships for a person and
 * under the plan for an organization, whose life they are about.
 */
export function useMenuPlace(): string {
  const { pathname } = useLocation();
  return menuPlace(pathname, useMatches().at(-1)?.data);
}

/** `page`: what the page was loaded with. */
export function menuPlace(pathname: string, page: unknown): string {
  if (!pathname.startsWith("/account/membership/")) return pathname;
  const life = page && typeof page === "object" && "life" in page ? page.life : null;
  const isOfPlan = life && typeof life === "object" && "organizationId" in life && life.organizationId !== null;
  return isOfPlan ? "/account/plan" : pathname;
}
