import { and, desc, eq, inArray } from "drizzle-orm";
import {
  campaignDrafts,
  campaignVersions,
  type StoredContent,
  stripePriceLooks,
} from "../../drizzle/schema/campaign-editing.ts";
import { listOffers } from "../catalog/index.ts";
import type { Tx } from "../kernel/db.ts";
import type { DraftFacts } from "./campaign-content.ts";
import { type CampaignRow, findCampaign } from "./campaign-rows.ts";
import { asDefaultPrice } from "./default-price.ts";
import { pricingErrors } from "./errors.ts";
import type { SourcePrice } from "./price-source.ts";
import { candidatesForEditing } from "./queries.ts";

export type DraftRow = typeof campaignDrafts.$inferSelect;
export type VersionRow = typeof campaignVersions.$inferSelect;

/** A campaign that staff own and may change. Throws `pricing.campaign_not_found` or `pricing.campaign_of_partner`. */
export async function ownCampaign(tx: Tx, id: string): Promise<CampaignRow> {
  const campaign = await findCampaign(tx, id);
  if (!campaign || campaign.status === "deleted") throw pricingErrors.campaignNotFound({ id });
  if (campaign.source !== "staff") throw pricingErrors.campaignOfPartner({ id });
  return campaign;
}

export async function findDraft(tx: Tx, campaignId: string): Promise<DraftRow | null> {
  const [row] = await tx.select().from(campaignDrafts).where(eq(campaignDrafts.campaignId, campaignId));
  return row ?? null;
}

/** The newest version first. */
export async function listVersions(tx: Tx, campaignId: string): Promise<VersionRow[]> {
  return tx
    .select()
    .from(campaignVersions)
    .where(eq(campaignVersions.campaignId, campaignId))
    .orderBy(desc(campaignVersions.version))
    .limit(100);
}

/** What `version` was published from this revision of the draft, if any was. */
export async function versionOfRevision(tx: Tx, campaignId: string, revision: number): Promise<number | null> {
  const [row] = await tx
    .select({ version: campaignVersions.version })
    .from(campaignVersions)
    .where(and(eq(campaignVersions.campaignId, campaignId), eq(campaignVersions.revision, revision)));
  return row?.version ?? null;
}

/** Everything that a draft is judged by, read once. */
export async function readDraftFacts(tx: Tx, campaignId: string, content: StoredContent): Promise<DraftFacts> {
  const productIds = [...content.productIds];
  const offers = productIds.length === 0 ? [] : await listOffers(tx, { productIds });
  const defaults = new Map(
    [...Map.groupBy(offers, (offer) => offer.product.id)].map(([id, group]) => [
      id,
      group.map((offer) => asDefaultPrice(offer.price)),
    ]),
  );
  const others = await candidatesForEditing(tx, productIds, campaignId);
  return { campaignId, now: tx.scope.now, defaults, looks: await readLooks(tx, content), others };
}

async function readLooks(tx: Tx, content: StoredContent): Promise<Map<string, SourcePrice | null>> {
  const ids = namedPrices(content);
  if (ids.length === 0) return new Map();
  const rows = await tx.select().from(stripePriceLooks).where(inArray(stripePriceLooks.stripePriceId, ids));
  return new Map(
    rows.map(({ stripePriceId, found, active, currency, amount, interval, intervalCount }) => [
      stripePriceId,
      found ? { id: stripePriceId, active, currency: currency ?? "", amount, interval, intervalCount } : null,
    ]),
  );
}

/** The Stripe prices that a description names by their ids. */
export function namedPrices(content: StoredContent): string[] {
  return [...new Set(content.prices.flatMap(({ stripePriceId }) => (stripePriceId === null ? [] : [stripePriceId])))];
}
