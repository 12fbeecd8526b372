import type { CatalogItem, CatalogVariant } from "./catalog-types.ts";
import { type Period, variantPaidBy } from "./memberships.ts";

/** A membership that one could change to, by the month or by the year. */
export type PlanChoice = { item: CatalogItem; variant: CatalogVariant };

/** What there is to choose from when it is paid by this period, in the order of the shop. */
export function planChoices(memberships: readonly CatalogItem[], period: Period): PlanChoice[] {
  return memberships.flatMap((item) => {
    const variant = variantPaidBy(item, period);
    return variant ? [{ item, variant }] : [];
  });
}
