import fc from "fast-check";
import { expect, it } from "vitest";
import { contrast, readableInk } from "./readable-ink.ts";

it("black or white is put on a color, whichever can be read", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrast("#767676", "#ffffff")).toBeCloseTo(4.54, 2);
  expect(readableInk("#fbe51c")).toBe("#161310");
  expect(readableInk("#0b3d91")).toBe("#ffffff");
  // Between the two, neither can be read well enough.
  expect(readableInk("#7a7a7a")).toBeNull();
});

it("what is put there can always be read", () => {
  const color = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, "0")}`);
  fc.assert(
    fc.property(color, (one) => {
      const ink = readableInk(one);
      expect(ink === null || contrast(one, ink) >= 4.5).toBe(true);
    }),
  );
});
