import { expect, it } from "vitest";
import { createCampaignIndex } from "./campaign-index.ts";
import type { Candidate } from "./price-decision.ts";
import { shelfOfTheMoment } from "./shelf-of-the-moment.ts";
import type { ShopWindow } from "./shop-window.ts";

const at = (milliseconds: number) => new Date(Date.UTC(2026, 10, 21) + milliseconds);
const campaign = (startAt: Date | null, endAt: Date | null) =>
  ({
    productId: "towel",
    status: "active",
    state: "usable",
    currency: "SEK",
    amount: 9_900,
    interval: null,
    intervalCount: null,
    durationMonths: null,
    campaignId: "c",
    campaignPriceId: "p",
    startAt,
    endAt,
  }) as unknown as Candidate & { productId: string };
const window = (...candidates: ReturnType<typeof campaign>[]) =>
  ({ offers: [], campaigns: createCampaignIndex(candidates) }) as unknown as ShopWindow;

it("prices a window once for a quarter of a second, per currency, and never at a later instant than was asked for", () => {
  const one = window();
  const first = shelfOfTheMoment(one, "SEK", at(0));
  expect(shelfOfTheMoment(one, "SEK", at(249))).toBe(first);
  expect(shelfOfTheMoment(one, "EUR", at(249))).not.toBe(first);
  expect(shelfOfTheMoment(window(), "SEK", at(249))).not.toBe(first);
  const second = shelfOfTheMoment(one, "SEK", at(250));
  expect(second).not.toBe(first);
  expect(shelfOfTheMoment(one, "SEK", at(20))).not.toBe(second);
});

it("prices it anew at the instant at which a campaign begins, and at the first after its end", () => {
  const one = window(campaign(at(100), at(180)));
  const before = shelfOfTheMoment(one, "SEK", at(0));
  expect(shelfOfTheMoment(one, "SEK", at(99))).toBe(before);
  const during = shelfOfTheMoment(one, "SEK", at(100));
  expect(during).not.toBe(before);
  expect(shelfOfTheMoment(one, "SEK", at(180))).toBe(during);
  expect(shelfOfTheMoment(one, "SEK", at(181))).not.toBe(during);
});
