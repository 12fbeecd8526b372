import { expect, it } from "vitest";
import { shelfOfTheMoment } from "./shelf-of-the-moment.ts";
import type { ShopWindow } from "./shop-window.ts";

const window = () => ({ offers: [] }) as unknown as ShopWindow;
const at = (milliseconds: number) => new Date(Date.UTC(2026, 10, 21) + milliseconds);

it("prices a window once for a twentieth of a second, per currency, and never at a later instant than was asked for", () => {
  const one = window();
  const first = shelfOfTheMoment(one, "SEK", at(0));
  expect(shelfOfTheMoment(one, "SEK", at(49))).toBe(first);
  expect(shelfOfTheMoment(one, "EUR", at(49))).not.toBe(first);
  expect(shelfOfTheMoment(window(), "SEK", at(49))).not.toBe(first);
  const second = shelfOfTheMoment(one, "SEK", at(50));
  expect(second).not.toBe(first);
  expect(shelfOfTheMoment(one, "SEK", at(20))).not.toBe(second);
});
