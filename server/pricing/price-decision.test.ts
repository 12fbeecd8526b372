import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minorUnits } from "../kernel/money.ts";
import {
  type Candidate,
  type DefaultPrice,
  decidePrice,
  decidePriceFirst,
  FIRST_PRICE_RULE,
} from "./price-decision.ts";

const at = new Date("2026-11-20T12:00:00Z");
const later = new Date(at.getTime() + 1);
const earlier = new Date(at.getTime() - 1);

const defaultPrice: DefaultPrice = {
  id: "prc_default",
  currency: "SEK",
  amount: minorUnits(39_900),
  interval: "month",
  intervalCount: 1,
  stripePriceId: "price_default",
};

function candidate(given: Partial<Candidate> = {}): Candidate {
  return {
    campaignId: "cmp_a",
    campaignName: "November",
    status: "active",
    startAt: null,
    endAt: null,
    durationMonths: null,
    campaignPriceId: "cpr_a",
    stripePriceId: "price_a",
    state: "usable",
    problem: null,
    currency: "SEK",
    amount: 29_900,
    interval: "month",
    intervalCount: 1,
    version: 0,
    announcedAt: earlier,
    ...given,
  };
}

const decide = (...candidates: Candidate[]) => decidePrice({ at, defaultPrice, candidates });

describe("which price holds", () => {
  it("is the default price when nothing is announced", () => {
    expect(decide()).toMatchObject({ winner: null, amount: 39_900, alternatives: [] });
  });

  it("is the campaign's when it is on, checked, alike and lower", () => {
    expect(decide(candidate())).toMatchObject({ winner: { stripePriceId: "price_a" }, amount: 29_900 });
  });

  it.each<[string, Partial<Candidate>, string]>([
    ["a draft", { status: "draft" }, "not_active"],
    ["an ended campaign", { status: "ended" }, "not_active"],
    ["a deleted campaign", { status: "deleted" }, "not_active"],
    ["one that begins in a moment", { startAt: later }, "not_started"],
    ["one that ended a moment ago", { endAt: earlier }, "over"],
    ["one that Stripe was not asked about", { state: "pending", amount: null, currency: null }, "not_yet_checked"],
    ["an archived price", { state: "unusable", problem: "archived" }, "archived"],
    ["an unknown price", { state: "unusable", problem: "not_found", currency: null, amount: null }, "not_found"],
    ["tiers", { state: "unusable", problem: "no_plain_amount", amount: null }, "no_plain_amount"],
    ["another currency", { currency: "EUR" }, "wrong_currency"],
    ["a currency that was announced otherwise", { state: "unusable", problem: "wrong_currency" }, "wrong_currency"],
    ["another interval", { interval: "year" }, "wrong_interval"],
    ["another interval count", { intervalCount: 3 }, "wrong_interval"],
    ["a price paid once", { interval: null, intervalCount: null }, "wrong_interval"],
    ["months that do not come out even", { durationMonths: 4, intervalCount: 3 }, "wrong_interval"],
    ["a higher price", { amount: 40_000 }, "not_lower"],
    ["the same price", { amount: 39_900 }, "not_lower"],
  ])("is the default price beside %s, and says why", (_what, given, lost) => {
    const { winner, amount, alternatives } = decide(candidate(given));
    expect(winner).toBeNull();
    expect(amount).toBe(39_900);
    expect(alternatives.map((one) => one.lost)).toEqual([lost]);
  });

  it("holds on a campaign's first and last instant", () => {
    expect(decide(candidate({ startAt: at, endAt: at })).winner).not.toBeNull();
  });

  it("takes a number of months that come out even with what renews, and by its first version none", () => {
    const months = candidate({ durationMonths: 3 });
    expect(decide(months).winner).toBe(months);
    const first = decidePriceFirst({ at, defaultPrice, candidates: [months] });
    expect(first).toMatchObject({ rule: FIRST_PRICE_RULE, winner: null, alternatives: [{ lost: "has_duration" }] });
    const quarter = { ...defaultPrice, intervalCount: 3 };
    const four = candidate({ durationMonths: 4, intervalCount: 3 });
    expect(decidePrice({ at, defaultPrice: quarter, candidates: [four] }).alternatives).toMatchObject([
      { lost: "has_duration" },
    ]);
  });

  it("takes a number of months for something that is paid once", () => {
    const once = { ...defaultPrice, interval: null, intervalCount: null };
    const [shirt] = [candidate({ interval: null, intervalCount: null, durationMonths: 3 })];
    expect(decidePrice({ at, defaultPrice: once, candidates: [shirt] }).winner).toBe(shirt);
  });

  it("follows the newest price of a campaign, even up, and not back to the old one when the new is of no use", () => {
    const old = candidate({ campaignPriceId: "cpr_old", amount: 19_900, version: 1 });
    const dearer = candidate({ campaignPriceId: "cpr_new", amount: 24_900, version: 2 });
    expect(decide(old, dearer)).toMatchObject({ winner: dearer, alternatives: [{ lost: "superseded" }] });
    const archived = { ...dearer, state: "unusable", problem: "archived" } as const;
    expect(decide(old, archived).winner).toBeNull();
    const euro = candidate({ campaignPriceId: "cpr_eur", currency: "EUR", version: 9 });
    expect(decide(old, euro).winner).toBe(old);
    const same = { ...dearer, version: 1, announcedAt: later };
    expect(decide(old, same).winner).toBe(same);
  });

  it("prefers the lowest, then the first to begin, then the smaller id", () => {
    const begun = new Date("2026-11-01");
    const low = candidate({ campaignId: "cmp_z", campaignPriceId: "cpr_z", amount: 10_000, startAt: begun });
    const early = { ...low, campaignId: "cmp_y", startAt: new Date("2026-10-01") };
    const twin = { ...early, campaignId: "cmp_x" };
    expect(decide(candidate(), low).winner).toBe(low);
    expect(decide(low, early).winner).toBe(early);
    expect(decide(early, twin).winner).toBe(twin);
    expect(decide(early, twin).alternatives).toMatchObject([{ lost: "beaten" }]);
  });
});

const anyCandidate: fc.Arbitrary<Candidate> = fc
  .record({
    campaignId: fc.constantFrom("a", "b", "c"),
    status: fc.constantFrom("draft", "active", "active", "active", "ended", "deleted"),
    startAt: fc.constantFrom(null, earlier, at, later),
    endAt: fc.constantFrom(null, earlier, at, later),
    durationMonths: fc.constantFrom(null, null, 3),
    campaignPriceId: fc.uuid(),
    state: fc.constantFrom("pending", "usable", "usable", "unusable"),
    currency: fc.constantFrom("SEK", "SEK", "EUR", null),
    amount: fc.option(fc.integer({ min: 0, max: 60_000 }), { freq: 9 }),
    interval: fc.constantFrom("month", "month", "year", null),
    intervalCount: fc.constantFrom(1, 1, 2),
    version: fc.integer({ min: 0, max: 3 }),
  })
  .map((given) => candidate(given as Partial<Candidate>));
const anyCandidates = fc.uniqueArray(anyCandidate, { maxLength: 8, selector: (one) => one.campaignPriceId });

describe("for whatever is announced", () => {
  it("the answer does not depend on the order, and gives every other candidate a reason", () => {
    fc.assert(
      fc.property(anyCandidates, fc.infiniteStream(fc.nat()), (candidates, random) => {
        const decision = decide(...candidates);
        const shuffled = candidates
          .map((one) => ({ one, place: random.next().value as number }))
          .toSorted((a, b) => a.place - b.place)
          .map(({ one }) => one);
        expect(decide(...shuffled)).toEqual(decision);
        expect(decision.alternatives).toHaveLength(candidates.length - (decision.winner ? 1 : 0));
      }),
    );
  });

  it("nobody pays more than the default price, nor a price that is not what the campaign's owner meant", () => {
    fc.assert(
      fc.property(anyCandidates, (candidates) => {
        const { winner, amount } = decide(...candidates);
        expect(amount).toBeLessThanOrEqual(39_900);
        if (!winner) {
          expect(amount).toBe(39_900);
          return;
        }
        expect(winner).toMatchObject({ status: "active", state: "usable", currency: "SEK", interval: "month", amount });
        expect(winner.intervalCount).toBe(1);
        const newer = candidates.filter((one) => one.campaignId === winner.campaignId && one.version > winner.version);
        const alike = newer.filter(
          (one) => one.currency === "SEK" && one.interval === "month" && one.intervalCount === 1,
        );
        expect(alike).toEqual([]);
      }),
    );
  });

  it("adding a candidate that loses changes nothing for the others", () => {
    fc.assert(
      fc.property(anyCandidates, (candidates) => {
        const { winner } = decide(...candidates);
        const draft = candidate({ campaignId: "d", status: "draft", amount: 1 });
        expect(decide(...candidates, draft).winner).toBe(winner);
      }),
    );
  });
});
