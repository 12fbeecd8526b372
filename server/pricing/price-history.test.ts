import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { historyChange, type NewPeriod, type Offered } from "./price-history.ts";

const at = (n: number) => new Date(1_000_000 + n);

describe("what is written so that a history reaches now", () => {
  it("is nothing while the price stays", () => {
    const open = { amount: 399, campaignId: null, fromAt: at(0) };
    expect(historyChange(open, [at(5), at(9)], () => ({ amount: 399, campaignId: null }))).toEqual({
      closeOpenAt: null,
      added: [],
    });
  });

  it("enters each change at its own instant, however late it is written", () => {
    const open = { amount: 399, campaignId: null, fromAt: at(0) };
    const offered = (when: Date): Offered =>
      when >= at(3) && when < at(7) ? { amount: 299, campaignId: "c" } : { amount: 399, campaignId: null };
    expect(historyChange(open, [at(20), at(7), at(3)], offered)).toEqual({
      closeOpenAt: at(3),
      added: [
        { amount: 299, campaignId: "c", fromAt: at(3), untilAt: at(7) },
        { amount: 399, campaignId: null, fromAt: at(7), untilAt: null },
      ],
    });
  });

  it("ends what is not on sale any more", () => {
    const open = { amount: 399, campaignId: null, fromAt: at(0) };
    expect(historyChange(open, [at(4)], () => null)).toEqual({ closeOpenAt: at(4), added: [] });
  });

  it("never ends a period before it began", () => {
    const open = { amount: 399, campaignId: null, fromAt: at(10) };
    const { closeOpenAt, added } = historyChange(open, [at(4)], () => ({ amount: 1, campaignId: null }));
    expect(closeOpenAt).toEqual(at(10));
    expect(added).toEqual([{ amount: 1, campaignId: null, fromAt: at(10), untilAt: null }]);
  });

  it("says of every instant what was offered then, with one price at a time", () => {
    const steps = fc.uniqueArray(
      fc.record({
        n: fc.integer({ min: 1, max: 50 }),
        offered: fc.option(
          fc.record({ amount: fc.integer({ min: 1, max: 4 }), campaignId: fc.constantFrom(null, "c") }),
        ),
      }),
      { selector: (step) => step.n, maxLength: 12, minLength: 1 },
    );
    fc.assert(
      fc.property(steps, fc.boolean(), (unsorted, begun) => {
        const changes = unsorted.toSorted((a, b) => a.n - b.n);
        const open = begun ? { amount: 2, campaignId: null, fromAt: at(0) } : null;
        const offeredAt = (when: Date): Offered => changes.findLast((step) => at(step.n) <= when)?.offered ?? null;
        const { closeOpenAt, added } = historyChange(
          open,
          unsorted.map((step) => at(step.n)),
          offeredAt,
        );
        const first: NewPeriod[] = open ? [{ ...open, untilAt: closeOpenAt ?? added[0]?.fromAt ?? null }] : [];
        const history = [...first, ...added];
        const [begins] = changes;
        for (let n = begins?.n ?? 1; n <= 51; n++) {
          const holding = history.filter((one) => one.fromAt <= at(n) && (one.untilAt === null || one.untilAt > at(n)));
          const expected = offeredAt(at(n));
          expect(holding.map(({ amount, campaignId }) => ({ amount, campaignId }))).toEqual(expected ? [expected] : []);
        }
      }),
    );
  });
});
