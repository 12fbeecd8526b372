import { and, eq, sql } from "drizzle-orm";
import { campaignAnnouncements } from "../../drizzle/schema/pricing.ts";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import { keyset } from "../kernel/page.ts";
import type { announcementListInput } from "./input.ts";

/**
 * What partners have announced, newest first: what came of each, and how long each step took: from what they call its
 * moment to its arrival, to being applied, to being what visitors see. A lag below zero says that the partner's clock is
 * ahead of ours. The bodies are text.
 */
export async function listIncomingAnnouncements(tx: Tx, input: Asked<typeof announcementListInput>) {
  const { receivedAt, id } = campaignAnnouncements;
  const place = keyset(input, { by: receivedAt, id, type: "timestamptz", direction: input.direction ?? "desc" });
  const matching = and(
    input.result && eq(campaignAnnouncements.result, input.result),
    input.campaignId ? eq(campaignAnnouncements.campaignId, input.campaignId) : undefined,
  );
  const rows = await tx
    .select({ row: campaignAnnouncements, id, cursorAt: place.cursorAt })
    .from(campaignAnnouncements)
    .where(and(matching, place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const page = place.page(rows);
  const from = sql`from ${campaignAnnouncements} where ${matching ?? sql`true`}`;
  const total = input.counted ? await countUpTo(tx, from) : null;
  return {
    ...page,
    items: page.items.map(({ row: { headers: _shownByItsCampaign, ...row } }) => ({ ...row, lag: lagOf(row) })),
    total,
  };
}

type Row = Pick<typeof campaignAnnouncements.$inferSelect, "occurredAt" | "receivedAt" | "appliedAt" | "visibleAt">;

/** Milliseconds between the steps of an announcement; null where a step did not happen, or was not told. */
export function lagOf({ occurredAt, receivedAt, appliedAt, visibleAt }: Row) {
  const between = (from: Date | null, to: Date | null) => (from && to ? to.getTime() - from.getTime() : null);
  return {
    arriving: between(occurredAt, receivedAt),
    applying: between(receivedAt, appliedAt),
    showing: between(appliedAt, visibleAt),
  };
}
