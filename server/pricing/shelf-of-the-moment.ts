import type { Currency } from "../kernel/money.ts";
import { type ShelfItem, shelf } from "./shelf.ts";
import type { ShopWindow } from "./shop-window.ts";

/** How long the prices of a list stand, in milliseconds of business time. */
const MOMENT_MS = 50;

type Made = { readonly at: number; readonly items: readonly ShelfItem[] };
const made = new WeakMap<ShopWindow, Map<Currency, Made>>();

/**
 * The shelf as it is now or was at most a twentieth of a second ago, for lists: pricing everything in the shop anew for each
 * visitor of a busy moment was a tenth of their pages. A campaign begins and ends in a list that much later; the page of
 * one product and the checkout decide at their own instant.
 */
export function shelfOfTheMoment(window: ShopWindow, currency: Currency, at: Date): readonly ShelfItem[] {
  const ofWindow = made.get(window) ?? new Map<Currency, Made>();
  made.set(window, ofWindow);
  const last = ofWindow.get(currency);
  const age = at.getTime() - (last?.at ?? Number.NaN);
  if (last && age >= 0 && age < MOMENT_MS) return last.items;
  const items = shelf(window, currency, at);
  ofWindow.set(currency, { at: at.getTime(), items });
  return items;
}
