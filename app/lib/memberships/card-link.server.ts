import type { AppLoadContext } from "@remix-run/node";

const NAME = "card-link";
/** As long as somebody may take to enter a card. */
const LIFETIME_SECONDS = 60 * 60;

/**
 * The link that the visitor has: of the address, or, where the provider's page for a card leads back, the one that this browser
 * left with. The provider is never told it.
 */
export function cardLink(context: AppLoadContext, { searchParams }: URL): string {
  return searchParams.get("token") ?? context.cookieValue(NAME)?.slice(0, 100) ?? "";
}

/** The card is done: whoever uses this browser next is shown nothing of it. */
export function forgetCardLink(context: AppLoadContext): void {
  context.setCookie(NAME, "", { maxAgeSeconds: 0 });
}

/** Remembers, in this browser, the link that it leaves with for the provider's page. */
export function rememberCardLink(context: AppLoadContext, token: string): void {
  context.setCookie(NAME, token, { maxAgeSeconds: LIFETIME_SECONDS });
}
