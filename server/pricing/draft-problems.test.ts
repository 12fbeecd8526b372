import { describe, expect, it } from "vitest";
import { minorUnits } from "../kernel/money.ts";
import { type CampaignDraftContent, type DraftFacts, type DraftPrice, EMPTY_CONTENT } from "./campaign-content.ts";
import { DRAFT_PROBLEMS, draftProblems } from "./draft-problems.ts";
import type { DefaultPrice } from "./price-decision.ts";
import type { SourcePrice } from "./price-source.ts";
import type { ProductCandidate } from "./queries.ts";

const now = new Date("2026-11-20T12:00:00Z");
const monthly: DefaultPrice = {
  ...{ id: "prc_1", currency: "SEK", amount: minorUnits(39_900), interval: "month", intervalCount: 1 },
  stripePriceId: "price_default",
};
const once: DefaultPrice = { ...monthly, id: "prc_2", amount: minorUnits(24_900), interval: null, intervalCount: null };
const price: DraftPrice = {
  productId: null,
  currency: "SEK",
  interval: "month",
  intervalCount: 1,
  stripePriceId: null,
  amount: 29_900,
};
const right: CampaignDraftContent = { ...EMPTY_CONTENT, name: "November", productIds: ["gym"], prices: [price] };
const source: SourcePrice = {
  id: "price_1",
  active: true,
  currency: "SEK",
  amount: 29_900,
  interval: "month",
  intervalCount: 1,
};
const named = { ...price, amount: null, stripePriceId: "price_1" };
const rival: ProductCandidate = {
  ...{ productId: "gym", campaignId: "other", campaignName: "Other", status: "active", startAt: null, endAt: null },
  ...{ boundaryAt: null, durationMonths: null, campaignPriceId: "cpr_1", stripePriceId: "p", state: "usable" },
  ...{ problem: null, currency: "SEK", amount: 19_900, interval: "month", intervalCount: 1, version: 0 },
  announcedAt: now,
};
const facts = (given: Partial<DraftFacts> = {}): DraftFacts => ({
  ...{ campaignId: "mine", now, looks: new Map(), others: [] },
  defaults: new Map([
    ["gym", [monthly]],
    ["mug", [once]],
  ]),
  ...given,
});
const codes = (content: Partial<CampaignDraftContent>, given: Partial<DraftFacts> = {}) =>
  draftProblems({ ...right, ...content }, facts(given)).map((problem) => problem.code);

describe("what is wrong with a draft", () => {
  it("is nothing when it is right", () => expect(codes({})).toEqual([]));

  it.each<[(typeof DRAFT_PROBLEMS)[number], Partial<CampaignDraftContent>, Partial<DraftFacts>?]>([
    ["name_missing", { name: "  " }],
    ["no_products", { productIds: [] }],
    ["unknown_product", { productIds: ["gym", "gone"] }],
    ["no_prices", { prices: [] }],
    ["end_before_start", { startAt: "2026-12-02T00:00:00.000Z", endAt: "2026-12-01T00:00:00.000Z" }],
    ["already_over", { endAt: "2026-11-19T00:00:00.000Z" }],
    [
      "months_with_membership",
      { durationMonths: 3, prices: [{ ...price, interval: "week" }] },
      { defaults: new Map([["gym", [{ ...monthly, interval: "week" }]]]) },
    ],
    ["price_incomplete", { prices: [{ ...price, amount: null }] }],
    ["price_doubled", { prices: [{ ...price, stripePriceId: "price_1" }] }],
    ["price_for_other_product", { prices: [price, { ...price, productId: "mug" }] }],
    ["price_twice", { prices: [price, { ...price, amount: 1 }] }],
    ["price_not_fetched", { prices: [named] }],
    ["price_not_found", { prices: [named] }, { looks: new Map([["price_1", null]]) }],
    ["price_archived", { prices: [named] }, { looks: new Map([["price_1", { ...source, active: false }]]) }],
    ["price_no_plain_amount", { prices: [named] }, { looks: new Map([["price_1", { ...source, amount: null }]]) }],
    ["price_wrong_currency", { prices: [named] }, { looks: new Map([["price_1", { ...source, currency: "NOK" }]]) }],
    ["price_wrong_interval", { prices: [named] }, { looks: new Map([["price_1", { ...source, interval: "year" }]]) }],
    ["no_default_price", { prices: [{ ...price, currency: "EUR" }] }],
    ["not_below_default", { prices: [{ ...price, amount: 39_900 }] }],
    ["product_without_price", { productIds: ["gym", "mug"], prices: [{ ...price, productId: "gym" }] }],
    ["overlap_loses", {}, { others: [rival] }],
    ["overlap_wins", {}, { others: [{ ...rival, amount: 35_000 }] }],
  ])("%s", (code, content, given) => expect(codes(content, given)).toEqual([code]));

  it("has a case above for each", () => {
    // A code without a case would be a sentence nobody has seen.
    expect(new Set(DRAFT_PROBLEMS).size).toBe(22);
  });

  it("is no overlap when the two never meet, or the other could not hold", () => {
    const december = { startAt: "2026-12-01T00:00:00.000Z", endAt: null };
    const november = { ...rival, endAt: new Date("2026-11-30T00:00:00Z") };
    expect(codes(december, { others: [november] })).toEqual([]);
    expect(codes({}, { others: [{ ...rival, amount: 39_900 }] })).toEqual([]);
    expect(codes({}, { others: [{ ...rival, status: "ended" }] })).toEqual([]);
  });

  it("names the figures that the words need", () => {
    const [problem] = draftProblems({ ...right, prices: [{ ...price, amount: 45_000 }] }, facts());
    expect(problem).toMatchObject({ field: "prices.0", productId: "gym", amount: 45_000, defaultAmount: 39_900 });
  });
});
