import { type CampaignDraftContent, type DraftPrice, priceKey } from "./campaign-content.ts";

/** One difference between two descriptions of a campaign; `before` or `after` null: it was added or taken away. */
export type CampaignChange =
  | { readonly field: "name" | "startAt" | "endAt"; readonly before: string | null; readonly after: string | null }
  | { readonly field: "durationMonths"; readonly before: number | null; readonly after: number | null }
  | { readonly field: "product"; readonly before: string | null; readonly after: string | null }
  | { readonly field: "price"; readonly before: DraftPrice | null; readonly after: DraftPrice | null };

/** What has changed from one description of a campaign to another, in the order of the form. Empty: nothing. */
export function campaignDiff(before: CampaignDraftContent, after: CampaignDraftContent): CampaignChange[] {
  const changes: CampaignChange[] = [];
  for (const field of ["name", "startAt", "endAt"] as const)
    if (before[field] !== after[field]) changes.push({ field, before: before[field], after: after[field] });
  if (before.durationMonths !== after.durationMonths)
    changes.push({ field: "durationMonths", before: before.durationMonths, after: after.durationMonths });
  for (const id of before.productIds)
    if (!after.productIds.includes(id)) changes.push({ field: "product", before: id, after: null });
  for (const id of after.productIds)
    if (!before.productIds.includes(id)) changes.push({ field: "product", before: null, after: id });
  const old = new Map(before.prices.map((price) => [priceKey(price), price]));
  const fresh = new Map(after.prices.map((price) => [priceKey(price), price]));
  for (const [key, price] of old) {
    const next = fresh.get(key) ?? null;
    if (next === null || !isSamePrice(price, next)) changes.push({ field: "price", before: price, after: next });
  }
  for (const [key, price] of fresh) if (!old.has(key)) changes.push({ field: "price", before: null, after: price });
  return changes;
}

function isSamePrice(one: DraftPrice, other: DraftPrice): boolean {
  return one.amount === other.amount && one.stripePriceId === other.stripePriceId;
}
