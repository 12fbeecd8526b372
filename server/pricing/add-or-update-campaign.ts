import { and, eq, inArray, isNull, lt, notInArray, or, sql } from "drizzle-orm";
import { campaignPrices, campaignProducts, campaigns } from "../../drizzle/schema/pricing.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { enqueue } from "../kernel/job.ts";
import { begin, converge } from "../kernel/machine.ts";
import type { CampaignContent } from "./announcement.ts";
import { nextBoundary } from "./campaign-boundary.ts";
import { campaignProductIds, findCampaign, latestPlace, lockCampaign } from "./campaign-rows.ts";
import { campaignMachine } from "./campaign-status.ts";
import { reviewCampaignJob } from "./jobs.ts";
import { lookUp } from "./recheck-live-prices.ts";
import { recordPriceChange } from "./record-price-change.ts";

/** How news about a campaign was announced; all of it optional, since not every owner counts versions. */
export type Origin = {
  readonly source?: "partner" | "staff" | undefined;
  readonly version?: number | null | undefined;
  readonly occurredAt?: Date | null | undefined;
  readonly bodyHash?: string | undefined;
};

/**
 * Stores a campaign as its owner describes it now: its name, state, dates, products and prices, replacing all that was
 * known. Prices that a newer `price.updated` has added stay. Every price is looked up at Stripe by a job; until then it
 * is not used. Idempotent; holds the campaign's lock; keeps the price history.
 */
export async function addOrUpdateCampaign(tx: Tx, campaign: CampaignContent, origin: Origin = {}): Promise<void> {
  await lockCampaign(tx, campaign.id);
  const before = await campaignProductIds(tx, campaign.id);
  await recordPriceChange(tx, [...new Set([...before, ...campaign.products])], async () => {
    const { now } = tx.scope;
    const known = await findCampaign(tx, campaign.id);
    const dates = { startAt: campaign.startDate ?? null, endAt: campaign.endDate ?? null };
    const content = {
      ...dates,
      name: campaign.name,
      durationMonths: campaign.durationMonths ?? null,
      boundaryAt: nextBoundary({ ...dates, status: campaign.status }, now),
      occurredAt: origin.occurredAt ?? null,
      lastBodyHash: origin.bodyHash ?? null,
      updatedAt: now,
      ...(origin.version == null ? {} : { version: origin.version }),
    };
    const cause = origin.version == null ? "announced" : `announced, version ${origin.version}`;
    if (known) await tx.update(campaigns).set(content).where(eq(campaigns.id, campaign.id));
    else {
      const created = { id: campaign.id, status: "draft", source: origin.source ?? "partner", createdAt: now } as const;
      await tx.insert(campaigns).values({ ...content, ...created });
      await begin(tx, campaignMachine, { id: campaign.id, cause });
    }
    await converge(tx, campaignMachine, { id: campaign.id, to: campaign.status, cause });
    await replaceProducts(tx, campaign);
    await replacePrices(tx, campaign, origin.version ?? null);
    await enqueue(
      tx,
      reviewCampaignJob,
      { campaignId: campaign.id },
      { key: `pricing.review-campaign:${campaign.id}` },
    );
  });
}

async function replaceProducts(tx: Tx, campaign: CampaignContent): Promise<void> {
  const products = [...new Set(campaign.products)];
  await tx
    .delete(campaignProducts)
    .where(
      and(
        eq(campaignProducts.campaignId, campaign.id),
        products.length === 0 ? undefined : notInArray(campaignProducts.productId, products),
      ),
    );
  if (products.length === 0) return;
  await tx
    .insert(campaignProducts)
    .values(products.map((productId) => ({ campaignId: campaign.id, productId })))
    .onConflictDoNothing();
}

async function replacePrices(tx: Tx, campaign: CampaignContent, version: number | null): Promise<void> {
  const ofCampaign = eq(campaignPrices.campaignId, campaign.id);
  const place = await placeOfNews(tx, campaign.id, version);
  const wanted = new Map(campaign.prices.map((price) => [price.stripePriceId, price]));
  const ids = [...wanted.keys()];
  const unlisted = ids.length === 0 ? undefined : notInArray(campaignPrices.stripePriceId, ids);
  const overtaken = version === null ? undefined : lt(campaignPrices.version, version);
  await tx
    .delete(campaignPrices)
    .where(and(ofCampaign, or(and(isNull(campaignPrices.productId), unlisted), and(isOwnPrice(), overtaken))));
  const kept = ids.length === 0 ? [] : await listedPrices(tx, campaign.id, ids);
  for (const { stripePriceId, currency, interval } of wanted.values()) {
    const announced = { ...place, announcedCurrency: currency, announcedInterval: interval ?? null };
    const same = kept.find((row) => row.stripePriceId === stripePriceId);
    const id = same?.id ?? newId("cpr");
    if (same) await tx.update(campaignPrices).set(announced).where(eq(campaignPrices.id, id));
    else {
      const made = { id, campaignId: campaign.id, stripePriceId, state: "pending", createdAt: tx.scope.now } as const;
      await tx.insert(campaignPrices).values({ ...announced, ...made });
    }
    await lookUp(tx, [id]);
  }
}

/** One that `price.updated` has added for a single product. */
function isOwnPrice() {
  return sql`${campaignPrices.productId} is not null`;
}

async function listedPrices(tx: Tx, campaignId: string, stripePriceIds: string[]) {
  return tx
    .select({ id: campaignPrices.id, stripePriceId: campaignPrices.stripePriceId })
    .from(campaignPrices)
    .where(
      and(
        eq(campaignPrices.campaignId, campaignId),
        isNull(campaignPrices.productId),
        inArray(campaignPrices.stripePriceId, stripePriceIds),
      ),
    );
}

/**
 * Where news takes its place among all that is known of a campaign: by its version, without one right after the highest;
 * of equals the later one counts, so each is announced later than every one before it, within one millisecond too.
 */
export async function placeOfNews(
  tx: Tx,
  campaignId: string,
  version: number | null,
): Promise<{ version: number; announcedAt: Date }> {
  const known = await findCampaign(tx, campaignId);
  const latest = await latestPlace(tx, campaignId);
  const after = latest.announcedAt === null ? 0 : latest.announcedAt.getTime() + 1;
  return {
    version: version ?? Math.max(known?.version ?? 0, latest.version ?? 0),
    announcedAt: new Date(Math.max(tx.scope.now.getTime(), after)),
  };
}
