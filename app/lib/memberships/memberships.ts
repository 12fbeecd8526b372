import type { CatalogItem, CatalogVariant } from "../catalog/catalog-types.ts";

export type Period = "month" | "year";

export function isPeriod(value: unknown): value is Period {
  return value === "month" || value === "year";
}

/** The form of a membership that is paid by the month or by the year; undefined when there is none. */
export function variantPaidBy(membership: CatalogItem, period: Period): CatalogVariant | undefined {
  return membership.variants.find((variant) => variant.price.interval === period && variant.price.intervalCount === 1);
}

/** What a year costs less when it is paid at once, in minor units; null when it does not. */
export function yearlySaving(membership: CatalogItem): number | null {
  const month = variantPaidBy(membership, "month");
  const year = variantPaidBy(membership, "year");
  if (!month || !year || month.price.currency !== year.price.currency) return null;
  // A campaign on either makes it a comparison with a price that nobody pays.
  if (month.price.campaign || year.price.campaign) return null;
  // One begins free and the other does not: then it depends on how long one stays.
  if (month.price.trial?.days !== year.price.trial?.days) return null;
  const saving = month.price.amount * 12 + month.price.setupFeeAmount - year.price.amount - year.price.setupFeeAmount;
  return saving > 0 ? saving : null;
}

/** The cheapest membership that renews each month. */
export function cheapest(memberships: readonly CatalogItem[]): { item: CatalogItem; variant: CatalogVariant } | null {
  const monthly = memberships.flatMap((item) => {
    const variant = variantPaidBy(item, "month");
    return variant ? [{ item, variant }] : [];
  });
  return monthly.toSorted((a, b) => a.variant.price.amount - b.variant.price.amount)[0] ?? null;
}
