import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { enqueue } from "../kernel/job.ts";
import type { CardGateway, CardPage } from "./card-gateway.ts";
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
  const { cardSince, cardPageId } = membership;
  if (cardSince !== null && cardSince >= openedAt) {
    if (cardPageId !== null && cardPageId !== sessionId) await undoOlder(ctx, { page, sessionId, newer: cardPageId });
    return done("A card that was entered later counts, or this one already does.");
  }
  await ctx.providers.cards.chargeTo({ stripeSubscriptionId, stripeCustomerId, cardId, key: `card:${sessionId}` });
  await settle(ctx, { id: membership.id, read: cardPageId, sessionId, openedAt });
  await convergeSubscription(ctx, { stripeSubscriptionId }, async (tx, effect) => {
    // That it is overdue may be news that came with this look.
    await enqueue(tx, retryWithCardJob, { subscriptionId: membership.id });
    await also(tx, effect);
  });
}

type Adopted = {
  readonly id: string;
  readonly read: string | null;
  readonly sessionId: string;
  readonly openedAt: Date;
};

/**
 * Notes the page unless one that was opened later has been noted. Where another page was noted since this one looked, the
 * provider may have been told of the two in the other order: it is told of the one that counts again, until nobody came between.
 */
async function settle(ctx: Ctx<Ports>, { id, read, sessionId, openedAt }: Adopted): Promise<void> {
  let before = read;
  let told = sessionId;
  for (;;) {
    const { seen, counts } = await note(ctx, { id, sessionId, openedAt });
    if (counts === told && (seen === before || seen === counts)) return;
    before = counts;
    told = counts;
    const page = await ctx.providers.cards.findPage(counts);
    if (!page || page.cardId === null) return;
    await tellAgain(ctx, page, page.cardId);
  }
}

/** Under the row's lock: `seen` is the page that was noted until now, `counts` the one that is from now on. */
async function note(ctx: Ctx, { id, sessionId, openedAt }: Omit<Adopted, "read">) {
  return ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .select({ since: subscriptions.cardSince, page: subscriptions.cardPageId })
      .from(subscriptions)
      .where(eq(subscriptions.id, id))
      .for("no key update");
    const seen = row?.page ?? null;
    if (row?.since && row.since >= openedAt) return { seen, counts: seen ?? sessionId };
    await tx.update(subscriptions).set({ cardSince: openedAt, cardPageId: sessionId }).where(eq(subscriptions.id, id));
    return { seen, counts: sessionId };
  });
}

/** A run that ended between telling the provider and noting it may have left the older card there. */
async function undoOlder(ctx: Ctx<Ports>, of: { page: CardPage; sessionId: string; newer: string }): Promise<void> {
  const { cards } = ctx.providers;
  if ((await cards.chargedTo(of.page.stripeSubscriptionId)) !== of.page.cardId) return;
  const newer = await cards.findPage(of.newer);
  if (!newer || newer.cardId === null || newer.cardId === of.page.cardId) return;
  await tellAgain(ctx, newer, newer.cardId);
}

/**
 * Tells the provider of a card once more. Under a key of its own each time: one that was used before is answered from memory, and
 * whatever came between would stay.
 */
async function tellAgain(ctx: Ctx<Ports>, of: CardPage, cardId: string): Promise<void> {
  const { stripeSubscriptionId, stripeCustomerId } = of;
  await ctx.providers.cards.chargeTo({ stripeSubscriptionId, stripeCustomerId, cardId, key: `card:${randomUUID()}` });
}
