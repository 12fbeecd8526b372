import type { Currency } from "../kernel/money.ts";
import { type ShelfItem, shelf } from "./shelf.ts";
import type { ShopWindow } from "./shop-window.ts";

/** How long the prices of a list stand where no campaign begins or ends, in milliseconds of business time. */
const MOMENT_MS = 250;

type Made = { readonly at: number; readonly until: number; readonly items: readonly ShelfItem[] };
const made = new WeakMap<ShopWindow, Map<Currency, Made>>();

/**
 * The shelf as it is now, for lists: pricing everything in the shop anew for each visitor of a busy moment was a tenth of their
 * pages. What was made of a window stands for a quarter of a second, which is as long as a window does, and no longer than until
 * the next campaign of it begins or ends; nobody is given a later instant than they asked for.
 */
export function shelfOfTheMoment(window: ShopWindow, currency: Currency, at: Date): readonly ShelfItem[] {
  const ofWindow = made.get(window) ?? new Map<Currency, Made>();
  made.set(window, ofWindow);
  const last = ofWindow.get(currency);
  const now = at.getTime();
  if (last && last.at <= now && now < last.until) return last.items;
  const items = shelf(window, currency, at);
  const until = Math.min(now + MOMENT_MS, window.campaigns.nextChange(at));
  ofWindow.set(currency, { at: now, until, items });
  return items;
}
