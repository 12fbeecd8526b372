import type { EntitlementPorts } from "../entitlements/index.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Links } from "../kernel/links.ts";
import type { BillingPortal } from "./billing-portal.ts";
import { checkoutErrors } from "./errors.ts";
import { organizationCustomer } from "./prepare-checkout.ts";
import { requirePayer } from "./require-payer.ts";

export type PortalPorts = EntitlementPorts & { readonly portal: BillingPortal; readonly links: Links };
export type PortalWish = {
  readonly organizationId: string;
  /** One of our own pages, as a path or an address; left out: the organization's plan. */
  readonly returnUrl?: string | undefined;
  readonly locale: "sv" | "en";
};

/**
 * Opens Stripe's own pages of an organization's bills, card and subscription for one visit. They show what the organization
 * bought, and nothing of whoever pays for it. Changes nothing here. Throws what {@link requirePayer} does,
 * `checkout.foreign_return`, `checkout.nothing_bought` (409) before the first purchase, ProviderError.
 */
export async function openPortal(ctx: Ctx<PortalPorts>, wish: PortalWish): Promise<{ url: string }> {
  const returnUrl = ownAddress(
    ctx.providers.links,
    wish.returnUrl ?? `/account/plan?organization=${wish.organizationId}`,
  );
  await requirePayer(ctx, wish.organizationId);
  const stripeCustomerId = await ctx.db.transaction((tx) => organizationCustomer(tx, wish.organizationId), {
    readOnly: true,
  });
  if (stripeCustomerId === null) throw checkoutErrors.nothingBought();
  return ctx.providers.portal.open({ stripeCustomerId, returnUrl, locale: wish.locale });
}

/** An address of ours, whole. Throws `checkout.foreign_return` for any other. */
function ownAddress(links: Links, given: string): string {
  const home = links.absolute("/");
  const url = URL.parse(given, home);
  if (url?.origin !== new URL(home).origin || url.username !== "" || url.password !== "")
    throw checkoutErrors.foreignReturn({ field: "returnUrl" });
  return url.href;
}
