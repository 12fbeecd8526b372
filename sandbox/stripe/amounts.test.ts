import { expect, it } from "vitest";
import { formatAmount, leastCharge } from "./amounts.ts";
import { chargeFee } from "./charges/balance.ts";

it("writes amounts with the decimals of their currency", () => {
  expect(formatAmount(29_900, "sek")).toBe("SEK 299.00");
  expect(formatAmount(2_500, "usd")).toBe("$25.00");
  expect(formatAmount(500, "jpy")).toBe("¥500");
  expect(formatAmount(1_500, "kwd")).toBe("KWD 1.500");
  expect(formatAmount(145_627, "sek", "sv")).toBe("1\u00a0456,27 kr");
  expect(formatAmount(-29_900, "sek", "sv")).toBe("−299,00 kr");
});

it("knows the least that can be charged", () => {
  expect([leastCharge("sek"), leastCharge("usd"), leastCharge("xyz")]).toEqual([300, 50, 50]);
});

it("keeps the fee that was seen in test mode", () => {
  expect([chargeFee(1_000), chargeFee(2_500), chargeFee(22_500)]).toEqual([59, 103, 683]);
});
