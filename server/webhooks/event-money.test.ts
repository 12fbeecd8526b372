import { expect, test } from "vitest";
import { moneyOf, sumAtStake } from "./event-money.ts";
import { labelOfType } from "./prove-path.ts";

test("an event's money is what its object says is to be paid", () => {
  expect(moneyOf({ amount_total: 39900, amount: 1, currency: "sek" })).toEqual({ amount: 39900, currency: "SEK" });
  expect(moneyOf({ amount: 100, currency: "jpy" })).toBeNull();
  expect(moneyOf({ id: "x" })).toBeNull();
});

test("sums of several currencies are not added", () => {
  expect(sumAtStake([{ amount: 1, currency: "SEK" }, null, { amount: 2, currency: "SEK" }])).toEqual({
    amount: 3,
    currency: "SEK",
  });
  expect(
    sumAtStake([
      { amount: 1, currency: "SEK" },
      { amount: 2, currency: "EUR" },
    ]),
  ).toBeNull();
  expect(sumAtStake([])).toBeNull();
});

test("a metric's label is one of a closed list, whatever a provider thinks up", () => {
  expect(labelOfType("invoice.paid")).toBe("invoice.paid");
  expect(labelOfType("kraftverk.self_test")).toBe("kraftverk.self_test");
  expect(labelOfType("galaxy.collapsed")).toBe("other");
  expect(labelOfType("toString")).toBe("other");
});
