import { and, desc, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { campaignAnnouncements } from "../../drizzle/schema/pricing.ts";
import type { Tx } from "../kernel/db.ts";
import { pageOf, readCursor } from "../kernel/page.ts";
import type { announcementListInput } from "./input.ts";

/**
 * What partners have announced, newest first: what came of each, and how long each step took: from what they call its
 * moment to its arrival, to being applied, to being what visitors see. A lag below zero says that the partner's clock is
 * ahead of ours. The bodies are text.
 */
export async function listIncomingAnnouncements(tx: Tx, input: z.output<typeof announcementListInput>) {
  const after = readCursor(input.cursor);
  const { receivedAt, id } = campaignAnnouncements;
  const rows = await tx
    .select({ row: campaignAnnouncements, id, cursorAt: sql<string>`${receivedAt}::text` })
    .from(campaignAnnouncements)
    .where(
      and(
        input.result && eq(campaignAnnouncements.result, input.result),
        input.campaignId ? eq(campaignAnnouncements.campaignId, input.campaignId) : undefined,
        after ? sql`(${receivedAt}, ${id}) < (${after.at}::timestamptz, ${after.id})` : undefined,
      ),
    )
    .orderBy(desc(receivedAt), desc(id))
    .limit(input.limit + 1);
  const page = pageOf(rows, input.limit);
  return { items: page.items.map(({ row }) => ({ ...row, lag: lagOf(row) })), nextCursor: page.nextCursor };
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
