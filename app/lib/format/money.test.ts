import { describe, expect, it } from "vitest";
import {
  formatEvery,
  formatMoney,
  formatPercent,
  formatPriceInProse,
  formatPricePerInterval,
  type Interval,
  type MoneyView,
} from "./money.ts";

const NBSP = "\u00a0";
const MINUS = "\u2212";
const sek = (amount: number): MoneyView => ({ amount, currency: "SEK" });
const month: Interval = { unit: "month", count: 1 };

describe("money in the shop", () => {
  it("leaves out zero öre and keeps others", () => {
    expect(formatMoney(sek(29900), "sv", "shop")).toBe(`299${NBSP}kr`);
    expect(formatMoney(sek(29950), "sv", "shop")).toBe(`299,50${NBSP}kr`);
    expect(formatMoney(sek(29900), "en", "shop")).toBe(`SEK${NBSP}299`);
    expect(formatMoney(sek(0), "sv", "shop")).toBe(`0${NBSP}kr`);
  });

  it("writes an interval tight beside a price and whole in a sentence", () => {
    expect(formatPricePerInterval(sek(29900), month, "sv")).toBe(`299${NBSP}kr/mån`);
    expect(formatPricePerInterval(sek(29900), month, "en")).toBe(`SEK${NBSP}299/month`);
    expect(formatPriceInProse(sek(29900), month, "sv")).toBe(`299${NBSP}kr per månad`);
    expect(formatPricePerInterval(sek(399000), { unit: "year", count: 1 }, "sv")).toBe(`3${NBSP}990${NBSP}kr/år`);
    expect(formatPricePerInterval(sek(99900), { unit: "month", count: 3 }, "en")).toBe(`SEK${NBSP}999/3${NBSP}months`);
  });

  it("says how often", () => {
    expect(formatEvery(month, "sv")).toBe("varje månad");
    expect(formatEvery({ unit: "month", count: 2 }, "sv")).toBe("varannan månad");
    expect(formatEvery({ unit: "year", count: 2 }, "sv")).toBe("vartannat år");
    expect(formatEvery({ unit: "month", count: 3 }, "sv")).toBe("var 3:e månad");
    expect(formatEvery({ unit: "month", count: 3 }, "en")).toBe(`every 3${NBSP}months`);
  });
});

describe("money in account, invoices and back office", () => {
  it("always has its decimals", () => {
    expect(formatMoney(sek(29900), "sv", "ledger")).toBe(`299,00${NBSP}kr`);
    expect(formatMoney(sek(29900), "en", "ledger")).toBe(`SEK${NBSP}299.00`);
    expect(formatMoney(sek(1229900), "sv", "ledger")).toBe(`12${NBSP}299,00${NBSP}kr`);
    expect(formatMoney(sek(1229900), "en", "ledger")).toBe(`SEK${NBSP}12,299.00`);
  });

  it("writes a refund with a real minus, before the number", () => {
    expect(formatMoney(sek(-14930), "sv", "ledger")).toBe(`${MINUS}149,30${NBSP}kr`);
    expect(formatMoney(sek(-27930), "en", "ledger")).toBe(`${MINUS}SEK${NBSP}279.30`);
    expect(formatMoney(sek(500), "sv", "ledger", { sign: "always" })).toBe(`+5,00${NBSP}kr`);
  });

  it("knows currencies, their decimals and their codes", () => {
    expect(formatMoney({ amount: 1229900, currency: "EUR" }, "sv", "ledger")).toBe(`12${NBSP}299,00${NBSP}€`);
    expect(formatMoney({ amount: 1229900, currency: "EUR" }, "en", "ledger")).toBe("€12,299.00");
    expect(formatMoney({ amount: 1200, currency: "JPY" }, "en", "ledger")).toContain("1,200");
    expect(formatMoney(sek(29900), "sv", "ledger", { withCode: true })).toBe(`299,00${NBSP}SEK`);
    expect(formatMoney({ amount: 100, currency: "sek" }, "sv", "shop")).toBe(`1${NBSP}kr`);
  });
});

describe("percent", () => {
  it("has the space of its language", () => {
    expect(formatPercent(-2500, "sv")).toBe(`${MINUS}25${NBSP}%`);
    expect(formatPercent(-2500, "en")).toBe(`${MINUS}25%`);
    expect(formatPercent(600, "sv")).toBe(`6${NBSP}%`);
    expect(formatPercent(1250, "sv")).toBe(`12,5${NBSP}%`);
  });
});
