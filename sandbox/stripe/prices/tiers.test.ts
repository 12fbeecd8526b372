import { describe, expect, it } from "vitest";
import { inCurrency, tieredAmount, tiersOf } from "./tiers.ts";

// Up to five at 10.00 each, then 8.00 each and 25.00 once for being there.
const tiers = tiersOf([
  {
    up_to: 5,
    unit_amount: 1_000,
    unit_amount_decimal: undefined,
    flat_amount: undefined,
    flat_amount_decimal: undefined,
  },
  {
    up_to: "inf",
    unit_amount: 800,
    unit_amount_decimal: undefined,
    flat_amount: 2_500,
    flat_amount_decimal: undefined,
  },
]);

describe("a quantity in tiers", () => {
  it.each([
    // 5 × 10 = 50; 6: 50 + 1 × 8 + 25 = 83; 10: 50 + 5 × 8 + 25 = 115.
    ["graduated", 5, 5_000],
    ["graduated", 6, 8_300],
    ["graduated", 10, 11_500],
    // 6 × 8 + 25 = 73; 10 × 8 + 25 = 105.
    ["volume", 5, 5_000],
    ["volume", 6, 7_300],
    ["volume", 10, 10_500],
  ] as const)("%s, %i costs %i", (mode, quantity, amount) => {
    expect(tieredAmount(mode, tiers, quantity)).toBe(amount);
  });

  it("rounds once, after everything is added", () => {
    const third = { flat_amount: null, flat_amount_decimal: null, unit_amount: null, unit_amount_decimal: "33.4" };
    expect(tieredAmount("volume", [{ ...third, up_to: null }], 3)).toBe(100);
  });

  it("must rise and end without an end", () => {
    const tier = {
      unit_amount: 1,
      unit_amount_decimal: undefined,
      flat_amount: undefined,
      flat_amount_decimal: undefined,
    };
    expect(() => tiersOf([{ ...tier, up_to: 5 }])).toThrow("`inf`");
    expect(() =>
      tiersOf([
        { ...tier, up_to: 5 },
        { ...tier, up_to: 5 },
        { ...tier, up_to: "inf" },
      ]),
    ).toThrow("ascending");
  });
});

it("a currency that a price has no amount for has none", () => {
  const price = { currency: "sek", currency_options: {} } as Parameters<typeof inCurrency>[0];
  expect(inCurrency(price, "eur")).toBeUndefined();
  expect(inCurrency(price, "sek")).toBe(price);
});
