import { eq } from "drizzle-orm";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { RateLimits } from "../identity/index.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { enqueue } from "../kernel/job.ts";
import type { Links } from "../kernel/links.ts";
import { subscriptionErrors } from "../subscriptions/index.ts";
import type { CardGateway } from "./card-gateway.ts";
import { findByCardLink } from "./card-link.ts";
import { adoptCardJob } from "./jobs.ts";
import { reachMembership } from "./own-membership.ts";

type Ports = { readonly cards: CardGateway; readonly links: Links };
type Locale = "sv" | "en";
/** Stripe puts the page's own id here when it leads back. */
const PAGE = "{CHECKOUT_SESSION_ID}";

/**
 * Whoever pays for a membership, signed in, is led to the provider's page for another card. Changes nothing by itself.
 * Throws `subscriptions.not_found`, ProviderError.
 */
export async function changeCard(ctx: Ctx<Ports>, wish: { id: string; locale: Locale }): Promise<{ url: string }> {
  const membership = await ctx.db.transaction((tx) => reachMembership(tx, wish.id, "own"), { readOnly: true });
  if (membership.endedAt) throw subscriptionErrors.notFound();
  const home = `/account/${membership.organizationId ? `plan?organization=${membership.organizationId}` : "membership?"}`;
  return openPage(ctx, membership.stripeSubscriptionId, home, wish.locale);
}

/**
 * The same for whoever has the mailed link, without signing in. The provider is not told the link: its page leads back with
 * its own id alone, and the browser that left remembers the link meanwhile. Throws `billing.link_invalid`, ProviderError.
 */
export async function changeCardByLink(
  ctx: Ctx<Ports>,
  wish: { token: string; locale: Locale },
): Promise<{ url: string }> {
  const found = await findByCardLink(ctx, wish.token);
  return openPage(ctx, found.stripe_subscription_id, "/card?", wish.locale);
}

function openPage(ctx: Ctx<Ports>, stripeSubscriptionId: string, home: string, locale: Locale) {
  const { cards, links } = ctx.providers;
  const cancelUrl = links.absolute(home.replace(/\?$/, ""));
  // Not through a URL: its braces would be escaped, and the provider would not know them.
  const returnUrl = `${links.absolute(home)}&card=${PAGE}`.replace("?&", "?");
  return cards.openPage({ stripeSubscriptionId, returnUrl, cancelUrl, locale });
}

type Limited = { readonly rateLimits: RateLimits };
/** `looking` false: it was asked for too often, and the provider's notification is waited for. */
type Confirmed = { readonly looking: boolean };

/**
 * Somebody who is signed in came back from the page for a card: a job looks at it now instead of waiting for the
 * notification. Whose card it is and for which membership is said by the page itself, so that nobody gains by naming
 * another's. Each look is a call to the provider: 20 per person in 15 minutes. Idempotent.
 */
export function confirmCard(ctx: Ctx<Limited>, { page, userId }: { page: string; userId: string }): Promise<Confirmed> {
  return lookAtPage(ctx, page, `user:${userId}`);
}

/** The same for whoever has the mailed link; counted for the membership. Idempotent. Throws `billing.link_invalid`. */
export async function confirmCardByLink(
  ctx: Ctx<Limited>,
  { page, token }: { page: string; token: string },
): Promise<Confirmed> {
  const found = await findByCardLink(ctx, token);
  return lookAtPage(ctx, page, found.subscription_id);
}

async function lookAtPage(ctx: Ctx<Limited>, sessionId: string, asking: string): Promise<Confirmed> {
  if (!(await ctx.providers.rateLimits.allows("card_page", asking))) return { looking: false };
  const key = `${adoptCardJob.name}:${sessionId}`;
  await ctx.db.transaction((tx) => enqueue(tx, adoptCardJob, { sessionId }, { key }));
  return { looking: true };
}

/** The membership that a page for a card was opened for, by the provider's id; null: it is none of ours. */
export async function ourMembership(ctx: Ctx, stripeSubscriptionId: string) {
  const [row] = await ctx.db.transaction((tx) =>
    tx.select().from(subscriptions).where(eq(subscriptions.stripeSubscriptionId, stripeSubscriptionId)),
  );
  return row ?? null;
}
