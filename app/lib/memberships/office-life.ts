import type { AppLoadContext } from "@remix-run/node";
import { formatPricePerInterval } from "../format/money.ts";
import type { Locale } from "../locale.ts";

type Procedures = AppLoadContext["caller"]["billing"]["office"];
/** A membership as staff act on it. */
export type OfficeLife = Awaited<ReturnType<Procedures["life"]>>;
export type OfficeQuote = Awaited<ReturnType<Procedures["quote"]>>;
/** A form of a membership that one could be changed to. */
export type OfficeChoice = { value: string; label: string };

type Shelf = Awaited<ReturnType<AppLoadContext["caller"]["catalog"]["memberships"]["list"]>>["items"];

/** Every membership that is for sale and how it is paid, as a list to choose from. */
export function officeChoices(shelf: Shelf, locale: Locale): OfficeChoice[] {
  return shelf.flatMap((item) =>
    item.variants.flatMap(({ id, price }) => {
      if (price.interval === null) return [];
      const interval = { unit: price.interval, count: price.intervalCount ?? 1 };
      const sum = formatPricePerInterval(price, interval, locale, "ledger");
      return [{ value: `${item.id}:${id}`, label: `${item.name[locale]}, ${sum}` }];
    }),
  );
}

type Plans = Awaited<ReturnType<AppLoadContext["caller"]["entitlements"]["plans"]>>["plans"];

/** Every plan that is for sale in a currency and how it is paid. */
export function planChoices(plans: Plans, currency: string, locale: Locale): OfficeChoice[] {
  return plans.flatMap(({ code, productId, name, prices }) =>
    prices.flatMap((price) => {
      if (price.currency !== currency || price.amount === 0) return [];
      const sum = formatPricePerInterval(price, { unit: price.interval, count: 1 }, locale, "ledger");
      return [{ value: `${productId}:${price.variantId}`, label: `${name[locale] || code}, ${sum}` }];
    }),
  );
}
