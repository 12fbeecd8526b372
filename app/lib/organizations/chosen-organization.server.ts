import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";

type Context = (LoaderFunctionArgs | ActionFunctionArgs)["context"];

const COOKIE = "organization";
const YEAR_SECONDS = 31_536_000;

/** The organization that this browser acts for: the one that was chosen last where one is still in it, else the personal one. */
export async function currentOrganization({ caller, cookieValue }: Context) {
  const { current, all } = await caller.organizations.current({ chosen: cookieValue(COOKIE)?.slice(0, 60) });
  return { current, all };
}

/** Remembers the choice; it is worth nothing where one is not a member. */
export function chooseOrganization({ setCookie }: Context, organizationId: string): void {
  setCookie(COOKIE, organizationId, { maxAgeSeconds: YEAR_SECONDS });
}
