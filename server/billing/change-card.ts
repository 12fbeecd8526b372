import { eq } from "drizzle-orm";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
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

/** The same for whoever has the mailed link, without signing in. Throws `billing.link_invalid`, ProviderError. */
export async function changeCardByLink(
  ctx: Ctx<Ports>,
  wish: { token: string; locale: Locale },
): Promise<{ url: string }> {
  const found = await findByCardLink(ctx, wish.token);
  return openPage(ctx, found.stripe_subscription_id, `/card?token=${wish.token}`, wish.locale);
}

function openPage(ctx: Ctx<Ports>, stripeSubscriptionId: string, home: string, locale: Locale) {
  const { cards, links } = ctx.providers;
  const cancelUrl = links.absolute(home.replace(/\?$/, ""));
  // Not through a URL: its braces would be escaped, and the provider would not know them.
  const returnUrl = `${links.absolute(home)}&card=${PAGE}`.replace("?&", "?");
  return cards.openPage({ stripeSubscriptionId, returnUrl, cancelUrl, locale });
}

/**
 * Somebody came back from the page for a card: a job looks at it now instead of waiting for the notification. Whose card it
 * is and for which membership is said by the page itself, so that any caller may ask. Idempotent.
 */
export async function confirmCard(ctx: Ctx, { page: sessionId }: { page: string }): Promise<void> {
  const key = `${adoptCardJob.name}:${sessionId}`;
  await ctx.db.transaction((tx) => enqueue(tx, adoptCardJob, { sessionId }, { key }));
}

/** The membership that a page for a card was opened for, by the provider's id; null: it is none of ours. */
export async function ourMembership(ctx: Ctx, stripeSubscriptionId: string) {
  const [row] = await ctx.db.transaction((tx) =>
    tx.select().from(subscriptions).where(eq(subscriptions.stripeSubscriptionId, stripeSubscriptionId)),
  );
  return row ?? null;
}
