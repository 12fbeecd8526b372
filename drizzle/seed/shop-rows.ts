import type { pricePeriods, prices, productMedia, products, variants } from "../schema/catalog.ts";
import type { stockMovements } from "../schema/inventory.ts";
import { LOCATIONS } from "./locations.ts";
import type { Amounts, ShopItem } from "./shop-item.ts";

type Rows = {
  products: (typeof products.$inferInsert)[];
  variants: (typeof variants.$inferInsert)[];
  media: (typeof productMedia.$inferInsert)[];
  prices: (typeof prices.$inferInsert)[];
  periods: (typeof pricePeriods.$inferInsert)[];
  movements: (typeof stockMovements.$inferInsert)[];
};

type Terms = Omit<NonNullable<ShopItem["variants"][number]["price"]>, "amounts" | "interval">;

const HISTORY_DAYS = 60;
const CURRENCIES = ["SEK", "EUR", "USD"] as const satisfies readonly (keyof Amounts)[];

/** The rows of the demo shop as it would look had it been open for sixty days. Ids are stable. */
export function shopRows(items: readonly ShopItem[], now: Date): Rows {
  const rows: Rows = { products: [], variants: [], media: [], prices: [], periods: [], movements: [] };
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
  for (const [position, item] of items.entries()) {
    const {
      variants: forms,
      price: shared,
      earlier,
      pictures = [],
      addedDaysAgo,
      recommended = false,
      ...texts
    } = item;
    const openedAt = daysAgo(addedDaysAgo ?? HISTORY_DAYS);
    const optionNames = [...new Set(forms.flatMap((form) => Object.keys(form.options)))];
    rows.products.push({ ...texts, optionNames, recommended, position, active: true, createdAt: openedAt });
    for (const [index, picture] of pictures.entries())
      rows.media.push({ ...picture, productId: item.id, position: index });
    for (const [index, { price, stock, ...form }] of forms.entries()) {
      rows.variants.push({ ...form, productId: item.id, position: index, trackStock: stock !== undefined });
      for (const [place, delta] of (stock ?? []).entries()) {
        const { id: locationId } = LOCATIONS[place] ?? LOCATIONS[0];
        const id = `stm_${form.id}_${locationId}`;
        const why = { reason: "received", actor: "system:seed", idempotencyKey: id, at: openedAt } as const;
        if (delta > 0) rows.movements.push({ ...why, id, variantId: form.id, locationId, delta });
      }
      if (price) addPrices({ variantId: form.id, interval: price.interval, intervalCount: 1 }, price.amounts, price);
    }
    if (shared) addPrices({ variantId: null, interval: null, intervalCount: null }, shared);

    function addPrices(
      slot: { variantId: string | null; interval: "month" | "year" | null; intervalCount: number | null },
      amounts: Partial<Amounts>,
      terms: Terms = {},
    ): void {
      for (const currency of CURRENCIES) {
        const key = `${slot.variantId ?? item.id}_${currency.toLowerCase()}`;
        const amount = amounts[currency];
        if (amount === undefined) continue;
        const of = { ...slot, productId: item.id, currency };
        const { trialDays = 0, setupFee, seats } = terms;
        const each = seats?.each[currency];
        const more = seats && each !== undefined ? { includedSeats: seats.included, seatAmount: each } : {};
        const extras = { trialDays, setupFeeAmount: setupFee?.[currency] ?? 0, ...more };
        rows.prices.push({ ...of, ...extras, id: `prc_${key}`, amount, active: true, createdAt: openedAt });
        const steps = [
          ...(earlier?.steps ?? []).map((step) => ({
            amount: inWholeUnits((amount * step.percent) / 100),
            fromAt: daysAgo(step.daysAgo),
          })),
          { amount, fromAt: daysAgo(earlier?.todaySinceDaysAgo ?? addedDaysAgo ?? HISTORY_DAYS) },
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
