import { and, eq, isNotNull, max, sql } from "drizzle-orm";
import { campaignPrices, campaignProducts, campaigns } from "../../drizzle/schema/pricing.ts";
import type { Tx } from "../kernel/db.ts";

export type CampaignRow = typeof campaigns.$inferSelect;

/** Serialises everything that changes one campaign, also one that does not exist yet. */
export async function lockCampaign(tx: Tx, campaignId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`campaign:${campaignId}`}, 0))`);
}

export async function findCampaign(tx: Tx, campaignId: string): Promise<CampaignRow | null> {
  const [row] = await tx.select().from(campaigns).where(eq(campaigns.id, campaignId));
  return row ?? null;
}

/** Every product that a campaign names, by its list or by one of its prices; some may not be ours. */
export async function campaignProductIds(tx: Tx, campaignId: string): Promise<string[]> {
  const listed = await tx
    .select({ productId: campaignProducts.productId })
    .from(campaignProducts)
    .where(eq(campaignProducts.campaignId, campaignId));
  const priced = await tx
    .select({ productId: sql<string>`${campaignPrices.productId}` })
    .from(campaignPrices)
    .where(and(eq(campaignPrices.campaignId, campaignId), isNotNull(campaignPrices.productId)));
  return [...new Set([...listed, ...priced].map((row) => row.productId))];
}

/** The highest version, and the latest announcement, among a campaign's prices; of those announced for one product alone when it is given. */
export async function latestPlace(
  tx: Tx,
  campaignId: string,
  productId?: string,
): Promise<{ version: number | null; announcedAt: Date | null }> {
  const [row] = await tx
    .select({ version: max(campaignPrices.version), announcedAt: max(campaignPrices.announcedAt) })
    .from(campaignPrices)
    .where(
      and(
        eq(campaignPrices.campaignId, campaignId),
        productId === undefined ? undefined : eq(campaignPrices.productId, productId),
      ),
    );
  return { version: row?.version ?? null, announcedAt: row?.announcedAt ?? null };
}
