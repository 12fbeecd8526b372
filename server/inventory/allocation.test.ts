import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocate } from "./allocation.ts";

describe("from where goods are taken", () => {
  it("prefers one place that has them all to the first place that has some", () => {
    const shelves = [
      { locationId: "a", free: 2 },
      { locationId: "b", free: 3 },
    ];
    expect(allocate(shelves, 3)).toEqual({ shares: [{ locationId: "b", quantity: 3 }], missing: 0 });
    expect(allocate(shelves, 2)).toEqual({ shares: [{ locationId: "a", quantity: 2 }], missing: 0 });
    expect(allocate(shelves, 4).shares).toEqual([
      { locationId: "a", quantity: 2 },
      { locationId: "b", quantity: 2 },
    ]);
  });

  it("never takes more than is there, and says what is missing", () => {
    const shelf = fc.record({ locationId: fc.string(), free: fc.integer({ min: -3, max: 9 }) });
    fc.assert(
      fc.property(
        fc.uniqueArray(shelf, { selector: (one) => one.locationId }),
        fc.integer({ min: 1, max: 40 }),
        (shelves, wanted) => {
          const { shares, missing } = allocate(shelves, wanted);
          const free = shelves.reduce((sum, one) => sum + Math.max(one.free, 0), 0);
          expect(missing).toBe(Math.max(wanted - free, 0));
          expect(shares.reduce((sum, share) => sum + share.quantity, 0)).toBe(wanted - missing);
          for (const share of shares)
            expect(share.quantity).toBeLessThanOrEqual(
              shelves.find((one) => one.locationId === share.locationId)?.free ?? 0,
            );
        },
      ),
    );
  });
});
