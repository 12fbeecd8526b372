import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minorUnits } from "../kernel/money.ts";
import { createCampaignIndex } from "./campaign-index.ts";
import { type Candidate, type DefaultPrice, decidePrice } from "./price-decision.ts";

const at = new Date("2026-11-20T12:00:00Z");
const around = fc.constantFrom(null, new Date(at.getTime() - 1), at, new Date(at.getTime() + 1));
const defaults: DefaultPrice[] = [
  { id: "prc_1", currency: "SEK", amount: minorUnits(39_900), interval: "month", intervalCount: 1, stripePriceId: "p" },
  { id: "prc_2", currency: "SEK", amount: minorUnits(24_900), interval: null, intervalCount: null, stripePriceId: "q" },
];
const slot = fc.constantFrom({ interval: "month", intervalCount: 1 }, { interval: null, intervalCount: null });
const anyCandidate = fc
  .record({
    campaignId: fc.constantFrom("a", "b", "c"),
    campaignPriceId: fc.uuid(),
    status: fc.constantFrom("active", "active", "active", "draft", "ended", "deleted"),
    startAt: around,
    endAt: around,
    durationMonths: fc.constantFrom(null, null, null, 3),
    state: fc.constantFrom("usable", "usable", "usable", "pending", "unusable"),
    currency: fc.constantFrom("SEK", "SEK", "SEK", "EUR", null),
    amount: fc.option(fc.integer({ min: 0, max: 50_000 }), { freq: 9 }),
    slot,
    version: fc.integer({ min: 0, max: 2 }),
  })
  .map(({ slot: { interval, intervalCount }, ...given }) => ({
    ...{ productId: "gym", campaignName: given.campaignId, stripePriceId: given.campaignPriceId, problem: null },
    ...{ interval, intervalCount, announcedAt: at },
    ...(given as Pick<
      Candidate,
      | "campaignId"
      | "campaignPriceId"
      | "status"
      | "startAt"
      | "endAt"
      | "durationMonths"
      | "state"
      | "currency"
      | "amount"
      | "version"
    >),
  }));

/** One campaign has one state and one period: every price of it carries the same. */
const coherent = (candidates: (Candidate & { productId: string })[]) => {
  const heads = new Map(candidates.map((one) => [one.campaignId, one]));
  return candidates.map((one) => {
    const { status, startAt, endAt, durationMonths } = heads.get(one.campaignId) ?? one;
    return { ...one, status, startAt, endAt, durationMonths };
  });
};

describe("P11: the look-up in memory", () => {
  it("finds the very winner that the rule decides, whatever is announced and in whatever order", () => {
    fc.assert(
      fc.property(fc.array(anyCandidate, { maxLength: 12 }), fc.constantFrom(...defaults), (made, defaultPrice) => {
        const candidates = coherent(made);
        const decided = decidePrice({ at, defaultPrice, candidates }).winner;
        const wanted = { productId: "gym", defaultPrice };
        expect(createCampaignIndex(candidates).find(wanted, at)).toBe(decided);
        expect(createCampaignIndex(candidates.toReversed()).find(wanted, at)).toBe(decided);
      }),
      { numRuns: 500 },
    );
  });

  it("says until when the winner stays the winner", () => {
    const day = 86_400_000;
    fc.assert(
      fc.property(
        fc.array(anyCandidate, { maxLength: 12 }),
        fc.nat(20 * day),
        fc.nat(20 * day),
        (made, before, later) => {
          const index = createCampaignIndex(coherent(made));
          const from = new Date(at.getTime() - 10 * day + before);
          const then = new Date(Math.min(from.getTime() + later, index.nextChange(from) - 1));
          for (const defaultPrice of defaults) {
            const wanted = { productId: "gym", defaultPrice };
            expect(index.find(wanted, then)).toBe(index.find(wanted, from));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it("knows nothing of other products", () => {
    const index = createCampaignIndex([]);
    expect(index.find({ productId: "gym", defaultPrice: defaults[0] as DefaultPrice }, at)).toBeNull();
    expect(index.size).toBe(0);
  });
});
