import { and, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { campaignAnnouncements, campaignPrices, campaigns } from "../../drizzle/schema/pricing.ts";
import type { Tx } from "../kernel/db.ts";

/** This very moment of business time: `app_now()` stands still within a transaction. */
export function businessInstant(): SQL<Date> {
  return sql<Date>`clock_timestamp() + (app_now() - now())`;
}

/** Whether a campaign's prices wait for Stripe's word, without which visitors see nothing of them. */
export async function isAwaitingStripe(tx: Tx, campaignId: string): Promise<boolean> {
  const rows = await tx
    .select({ id: campaignPrices.id })
    .from(campaignPrices)
    .innerJoin(campaigns, eq(campaigns.id, campaignPrices.campaignId))
    .where(
      and(
        eq(campaignPrices.campaignId, campaignId),
        eq(campaignPrices.state, "pending"),
        inArray(campaigns.status, ["draft", "active"]),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/** Notes on a campaign's announcements that the shop can show them now: Stripe has said what the last of its prices is. */
export async function noteVisible(tx: Tx, campaignId: string): Promise<void> {
  if (await isAwaitingStripe(tx, campaignId)) return;
  await tx
    .update(campaignAnnouncements)
    .set({ visibleAt: businessInstant() })
    .where(
      and(
        eq(campaignAnnouncements.campaignId, campaignId),
        isNull(campaignAnnouncements.visibleAt),
        sql`${campaignAnnouncements.appliedAt} is not null`,
      ),
    );
}
