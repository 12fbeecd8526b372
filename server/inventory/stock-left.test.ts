import { describe, expect, it } from "vitest";
import { type StockState, stockOfAll, stockState, tooFewFor } from "./stock-left.ts";

const left = new Map([
  ["none", 0],
  ["two", 2],
  ["five", 5],
  ["many", 6],
]);

describe("what a visitor is told of the shelves", () => {
  it.each([
    ["none", "sold_out", null],
    ["two", "few_left", 2],
    ["five", "few_left", 5],
    ["many", "in_stock", null],
    ["not counted", "in_stock", null],
  ] as const)("%s: %s, %s", (variantId, state, count) => {
    expect(stockState(left, variantId)).toEqual({ state, left: count });
  });

  it("adds the forms of a product up, and tells no sum above five", () => {
    const of = (...ids: string[]): StockState => stockOfAll(ids.map((id) => stockState(left, id)));
    expect(of("none", "none")).toEqual({ state: "sold_out", left: null });
    expect(of("none", "two")).toEqual({ state: "few_left", left: 2 });
    expect(of("two", "five")).toEqual({ state: "in_stock", left: null });
    expect(of("two", "many")).toEqual({ state: "in_stock", left: null });
  });

  it("says how many there are only to who asks for more", () => {
    expect(tooFewFor(left, "two", 2)).toBeNull();
    expect(tooFewFor(left, "two", 3)).toBe(2);
    expect(tooFewFor(left, "none", 1)).toBe(0);
    expect(tooFewFor(left, "many", 99)).toBeNull();
    expect(tooFewFor(left, "not counted", 99)).toBeNull();
  });
});
