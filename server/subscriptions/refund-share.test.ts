import fc from "fast-check";
import { expect, test } from "vitest";
import { divideRefund } from "./refund-share.ts";

test("a refund is divided to the minor unit, in order, and none gives back more than it has", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(100_000), { minLength: 1, maxLength: 6 }), fc.nat(400_000), (lefts, sum) => {
      const payments = lefts.map((left, n) => ({ left, n }));
      const parts = divideRefund(sum, payments);
      expect(parts.reduce((total, { amount }) => total + amount, 0)).toBe(sum);
      if (sum > lefts.reduce((total, left) => total + left, 0)) return;
      for (const [at, { payment, amount }] of parts.entries()) {
        expect(amount).toBeLessThanOrEqual(payment.left);
        // Only the last one keeps something.
        if (at < parts.length - 1) expect(amount).toBe(payment.left);
      }
    }),
  );
});

test("what there is no room for stays with the first", () => {
  expect(divideRefund(50, [{ left: 10 }, { left: 20 }])).toEqual([
    { payment: { left: 10 }, amount: 30 },
    { payment: { left: 20 }, amount: 20 },
  ]);
});
