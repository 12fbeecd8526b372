import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lowerParts, planApproval } from "./lower-parts.ts";

const part = (orderLineId: string, amount: number, lowerable = true) => ({
  orderLineId,
  quantity: 1,
  amount,
  lowerable,
});
const sums = (parts: readonly { amount: number }[]) => parts.map(({ amount }) => amount);
const total = (parts: readonly { amount: number }[]) => sums(parts).reduce((sum, amount) => sum + amount, 0);

describe("taking something off what is paid back", () => {
  it.each([
    ["nothing", [part("a", 300), part("b", 100)], 0, [300, 100]],
    ["from each in proportion", [part("a", 300), part("b", 100)], 40, [270, 90]],
    ["what does not divide from the first", [part("a", 100), part("b", 100), part("c", 100)], 100, [66, 67, 67]],
    ["nothing of what has not been with the buyer", [part("a", 300, false), part("b", 100)], 40, [300, 60]],
    ["no more than there is", [part("a", 300, false), part("b", 100)], 400, [300, 0]],
    ["nothing from nothing", [part("a", 0), part("b", 100, false)], 40, [0, 100]],
  ])("takes %s", (_, parts, off, left) => expect(sums(lowerParts(parts, off))).toEqual(left));

  it("takes exactly that, and no part becomes less than nothing", () => {
    const parts = fc.array(fc.record({ amount: fc.nat(99_999_999), lowerable: fc.boolean() }), { maxLength: 8 });
    fc.assert(
      fc.property(parts, fc.nat(999_999_999), (some, off) => {
        const before = some.map(({ amount, lowerable }, at) => part(`orl_${at}`, amount, lowerable));
        const after = lowerParts(before, off);
        const most = total(before.filter(({ lowerable }) => lowerable));
        expect(total(before) - total(after)).toBe(Math.min(off, most));
        for (const [at, { amount, lowerable }] of after.entries()) {
          expect(amount).toBeGreaterThanOrEqual(0);
          if (!lowerable) expect(amount).toBe(before[at]?.amount);
        }
      }),
    );
  });
});

describe("what approving a withdrawal pays back", () => {
  const owed = {
    ...{ sum: 400, off: 0, payments: [{ left: 250 }, { left: 150 }] },
    parts: [part("a", 300), part("b", 100, false)],
  };
  it.each([
    ["all of it when nothing is said", owed, undefined, { amount: 400, problem: null }],
    ["less, for what has been with the buyer", owed, 399, { amount: 399, problem: null }],
    ["down to what has not", owed, 100, { amount: 100, problem: null }],
    ["not below that", owed, 99, { amount: 99, problem: "too_little" }],
    ["not more than is owed", owed, 401, { amount: 401, problem: "too_much" }],
    ["not more than is left of the payments", { ...owed, payments: [{ left: 120 }] }, 121, { problem: "too_much" }],
    ["all that is left of them", { ...owed, payments: [{ left: 120 }] }, undefined, { amount: 120, problem: null }],
    [
      "not more than is left of them for a service, and all of that",
      { ...owed, parts: [part("a", 400, false)], payments: [{ left: 120 }] },
      120,
      { least: 120, problem: null },
    ],
    ["nothing where nothing is left of them", { ...owed, payments: [] }, undefined, { amount: 0, problem: null }],
    [
      "not what was taken off before, also where a part went back in another way",
      { ...owed, sum: 350, off: 50, payments: [{ left: 300 }] },
      undefined,
      { whole: 250 },
    ],
    ["not nothing: that is a refusal", { ...owed, parts: [part("a", 400)] }, 0, { problem: "too_little", least: 1 }],
    [
      "nothing less for a service",
      { ...owed, parts: [part("a", 400, false)] },
      399,
      { problem: "too_little", least: 400 },
    ],
  ])("is %s", (_, facts, wanted, plan) => expect(planApproval(facts, wanted)).toMatchObject(plan));
});
