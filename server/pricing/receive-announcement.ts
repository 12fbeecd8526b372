import { and, asc, eq, gt, sql } from "drizzle-orm";
import { campaignAnnouncements } from "../../drizzle/schema/pricing.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { addCampaignPrice } from "./add-campaign-price.ts";
import { addOrUpdateCampaign, type Origin } from "./add-or-update-campaign.ts";
import { type Announcement, type AnnouncementResult, parseAnnouncement, subjectOf } from "./announcement.ts";
import { businessInstant, isAwaitingStripe } from "./announcement-progress.ts";
import { judgeAnnouncement } from "./announcement-verdict.ts";
import { findCampaign, latestPlace, lockCampaign } from "./campaign-rows.ts";
import { deleteCampaign } from "./delete-campaign.ts";

export type ReceivedAnnouncement = {
  readonly announcement: Announcement;
  /** As it was sent; only ever shown. */
  readonly body: string;
  readonly bodyHash: string;
  /** What the signature vouches to be one message, where there is one. */
  readonly messageId?: string | undefined;
  /** What is kept of the headers that it came with. */
  readonly headers?: string | undefined;
};

/**
 * Takes in what a partner says about a campaign: applied once, whatever is repeated, delayed or overtaken on the way.
 * Everything happens in one transaction under the campaign's lock: the campaign, its price history, the announcement
 * with what came of it, and a job per price that asks Stripe what it is. Repeating it answers `duplicate`; what was
 * overtaken by something newer answers `stale`.
 */
export async function receiveAnnouncement(
  ctx: Ctx,
  received: ReceivedAnnouncement,
): Promise<{ result: AnnouncementResult; campaignId: string }> {
  const { announcement } = received;
  const campaignId = subjectOf(announcement);
  const outcome = await ctx.db.transaction(async (tx) => {
    const eventId = announcement.eventId ?? received.messageId ?? null;
    if (eventId !== null) await tx.execute(lockEvent(eventId));
    await lockCampaign(tx, campaignId);
    const duplicate = await isDuplicate(tx, received, eventId);
    const applied = duplicate ? ({ result: "duplicate" } as const) : await apply(tx, announcement, received.bodyHash);
    await tx.insert(campaignAnnouncements).values({
      id: newId("can"),
      eventId: duplicate ? null : eventId,
      campaignId,
      action: announcement.action,
      version: announcement.version ?? null,
      occurredAt: announcement.occurredAt ?? null,
      bodyHash: received.bodyHash,
      body: received.body,
      headers: received.headers ?? null,
      result: applied.result,
      receivedAt: tx.scope.now,
      // The moment within this very transaction: business time stands still in it.
      appliedAt: CHANGES.includes(applied.result) ? businessInstant() : null,
      visibleAt:
        CHANGES.includes(applied.result) && !(await isAwaitingStripe(tx, campaignId)) ? businessInstant() : null,
    });
    return applied;
  });
  if (announcement.action === "price.updated" && outcome.result === "created") {
    ctx.log.info("✨ Created new campaign entry for price update");
  }
  ctx.log.info({ campaignId, action: announcement.action, result: outcome.result }, "campaign announcement");
  return { result: outcome.result, campaignId };
}

/** What an announcement can come to that changes something. */
const CHANGES: readonly AnnouncementResult[] = ["created", "updated", "deleted"];

function lockEvent(eventId: string) {
  return sql`select pg_advisory_xact_lock(hashtextextended(${`announcement:${eventId}`}, 0))`;
}

/** The same event again, or without an event id the very announcement that was last applied to its campaign. */
async function isDuplicate(tx: Tx, received: ReceivedAnnouncement, eventId: string | null): Promise<boolean> {
  if (eventId !== null) {
    const [seen] = await tx
      .select({ id: campaignAnnouncements.id })
      .from(campaignAnnouncements)
      .where(eq(campaignAnnouncements.eventId, eventId));
    if (seen) return true;
  }
  if (received.announcement.eventId != null) return false;
  const known = await findCampaign(tx, subjectOf(received.announcement));
  return known?.lastBodyHash === received.bodyHash;
}

async function apply(tx: Tx, announcement: Announcement, bodyHash: string): Promise<{ result: AnnouncementResult }> {
  const campaignId = subjectOf(announcement);
  const known = await findCampaign(tx, campaignId);
  const origin: Origin = { version: announcement.version, occurredAt: announcement.occurredAt, bodyHash };
  const verdict = judgeAnnouncement(known, announcement, await knownPriceVersion(tx, announcement));
  if (verdict === "stale") return { result: "stale" };
  switch (announcement.action) {
    case "price.updated": {
      const { created } = await addCampaignPrice(tx, announcement.priceUpdate, origin);
      if (verdict === "late") return { result: "stale" };
      return { result: created ? "created" : "updated" };
    }
    case "deleted":
      await deleteCampaign(tx, campaignId, origin);
      return { result: "deleted" };
    default: {
      await addOrUpdateCampaign(tx, announcement.campaign, origin);
      const anew = known === null || known.status === "deleted";
      if (known?.status === "deleted" && announcement.version != null)
        await takeUpEarlyNews(tx, campaignId, announcement.version);
      return { result: anew ? "created" : "updated" };
    }
  }
}

async function knownPriceVersion(tx: Tx, announcement: Announcement): Promise<number | null> {
  if (announcement.action !== "price.updated") return null;
  const { campaignId, originalProductId } = announcement.priceUpdate;
  return (await latestPlace(tx, campaignId, originalProductId)).version;
}

/**
 * News about a campaign that was deleted and is made anew can arrive before the `created` it belongs to; it was stale
 * then and is not now.
 */
async function takeUpEarlyNews(tx: Tx, campaignId: string, version: number): Promise<void> {
  const early = await tx
    .select()
    .from(campaignAnnouncements)
    .where(
      and(
        eq(campaignAnnouncements.campaignId, campaignId),
        eq(campaignAnnouncements.result, "stale"),
        gt(campaignAnnouncements.version, version),
      ),
    )
    .orderBy(asc(campaignAnnouncements.version), asc(campaignAnnouncements.id));
  for (const row of early) {
    const parsed = parseAnnouncement(JSON.parse(row.body));
    if (!parsed.ok || parsed.announcement.action === "ping") continue;
    const { result } = await apply(tx, parsed.announcement, row.bodyHash);
    await tx.update(campaignAnnouncements).set({ result }).where(eq(campaignAnnouncements.id, row.id));
  }
}
