import { describe, expect, it } from "vitest";
import type { CatalogVariant } from "./catalog-types.ts";
import { firstPicks, optionValues, pickedVariant } from "./variant-pick.ts";

const variant = (color: string, size: string, left: number | null): CatalogVariant =>
  ({
    id: `${color}-${size}`,
    codes: { color, size },
    options: { color: color.toUpperCase(), size: size.toUpperCase() },
    stock:
      left === null
        ? { state: "in_stock", left }
        : left === 0
          ? { state: "sold_out", left: null }
          : { state: "few_left", left },
  }) as unknown as CatalogVariant;
const shirts = [variant("black", "s", 0), variant("black", "m", 2), variant("white", "s", null)];
const names = ["color", "size"];

describe("choosing a form of a product", () => {
  it("begins with one that can be bought", () => {
    expect(firstPicks(shirts, names, {})).toEqual({ color: "black", size: "m" });
    expect(firstPicks(shirts, names, { color: "white" })).toEqual({ color: "white", size: "s" });
  });
  it("keeps what the address asks for, made or not", () => {
    expect(firstPicks(shirts, names, { color: "white", size: "m" })).toEqual({ color: "white", size: "m" });
    expect(pickedVariant(shirts, names, { color: "white", size: "m" })).toBeNull();
  });
  it("says of each value what it leads to", () => {
    expect(optionValues(shirts, names, "size", { color: "black", size: "m" })).toEqual([
      { code: "s", label: "S", state: "sold_out", left: null },
      { code: "m", label: "M", state: "available", left: 2 },
    ]);
    expect(optionValues(shirts, names, "color", { color: "black", size: "m" }).map((one) => one.state)).toEqual([
      "available",
      "missing",
    ]);
  });
});
