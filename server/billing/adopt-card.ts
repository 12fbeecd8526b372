import { and, eq, isNull, lt, or } from "drizzle-orm";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { enqueue } from "../kernel/job.ts";
import type { CardGateway } from "./card-gateway.ts";
import { ourMembership } from "./change-card.ts";
import { type Also, type BillingPorts, convergeSubscription } from "./converge-subscription.ts";
import { retryWithCardJob } from "./jobs.ts";

type Ports = BillingPorts & { readonly cards: CardGateway };

/**
 * Makes the card that was entered on a page the one that its membership is charged to, and brings the membership up to date:
 * what is overdue is then charged at once. Idempotent, in any order: of several pages the one
 * that was opened last counts. A page that nobody finished changes nothing. Worker only. Throws ProviderError.
 */
export async function adoptCard(
  ctx: Ctx<Ports>,
  { sessionId }: { sessionId: string },
  also: Also = async () => {},
): Promise<void> {
  const done = (effect: string) => ctx.db.transaction((tx) => also(tx, effect));
  const page = await ctx.providers.cards.findPage(sessionId);
  if (!page) return done("It is no page of ours for a card.");
  if (page.cardId === null) return done("No card was entered on it yet.");
  const { stripeSubscriptionId, stripeCustomerId, openedAt, cardId } = page;
  const membership = await ourMembership(ctx, stripeSubscriptionId);
  if (!membership) return done("The card is for no membership of ours.");
  const { cardSince } = membership;
  if (cardSince !== null && cardSince >= openedAt)
    return done("A card that was entered later counts, or this one already does.");
  await ctx.providers.cards.chargeTo({ stripeSubscriptionId, stripeCustomerId, cardId, key: `card:${sessionId}` });
  await ctx.db.transaction((tx) =>
    tx
      .update(subscriptions)
      .set({ cardSince: openedAt, cardPageId: sessionId })
      .where(
        and(
          eq(subscriptions.id, membership.id),
          or(isNull(subscriptions.cardSince), lt(subscriptions.cardSince, openedAt)),
        ),
      ),
  );
  await convergeSubscription(ctx, { stripeSubscriptionId }, async (tx, effect) => {
    // That it is overdue may be news that came with this look.
    await enqueue(tx, retryWithCardJob, { subscriptionId: membership.id });
    await also(tx, effect);
  });
}
