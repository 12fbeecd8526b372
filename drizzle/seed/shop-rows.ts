import type { pricePeriods, prices, products, variants } from "../schema/catalog.ts";
import type { Amounts, ShopItem } from "./shop-item.ts";

type Rows = {
  products: (typeof products.$inferInsert)[];
  variants: (typeof variants.$inferInsert)[];
  prices: (typeof prices.$inferInsert)[];
  periods: (typeof pricePeriods.$inferInsert)[];
};

const HISTORY_DAYS = 60;
const CURRENCIES = ["SEK", "EUR", "USD"] as const satisfies readonly (keyof Amounts)[];

/** The rows of the demo shop as it would look had it been open for sixty days. Ids are stable. */
export function shopRows(items: readonly ShopItem[], now: Date): Rows {
  const rows: Rows = { products: [], variants: [], prices: [], periods: [] };
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
  const openedAt = daysAgo(HISTORY_DAYS);
  for (const [position, item] of items.entries()) {
    const { variants: forms, price: shared, earlier, recommended = false, ...texts } = item;
    rows.products.push({ ...texts, recommended, position, active: true, createdAt: openedAt });
    for (const [index, { price, ...form }] of forms.entries()) {
      rows.variants.push({ ...form, productId: item.id, position: index });
      if (price) addPrices({ variantId: form.id, interval: price.interval, intervalCount: 1 }, price.amounts);
    }
    if (shared) addPrices({ variantId: null, interval: null, intervalCount: null }, shared);

    function addPrices(
      slot: { variantId: string | null; interval: "month" | "year" | null; intervalCount: number | null },
      amounts: Amounts,
    ): void {
      for (const currency of CURRENCIES) {
        const key = `${slot.variantId ?? item.id}_${currency.toLowerCase()}`;
        const amount = amounts[currency];
        const of = { ...slot, productId: item.id, currency };
        rows.prices.push({ ...of, id: `prc_${key}`, amount, active: true, createdAt: openedAt });
        const steps = [
          ...(earlier?.steps ?? []).map((step) => ({
            amount: inWholeUnits((amount * step.percent) / 100),
            fromAt: daysAgo(step.daysAgo),
          })),
          { amount, fromAt: daysAgo(earlier?.todaySinceDaysAgo ?? HISTORY_DAYS) },
        ];
        for (const [index, step] of steps.entries()) {
          rows.periods.push({ ...of, ...step, id: `prp_${key}_${index}`, untilAt: steps[index + 1]?.fromAt ?? null });
        }
      }
    }
  }
  return rows;
}

/** Shops do not charge 129.63. */
function inWholeUnits(minorUnits: number): number {
  return Math.round(minorUnits / 100) * 100;
}
