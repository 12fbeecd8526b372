import { describe, expect, it } from "vitest";
import { minorUnits } from "../kernel/money.ts";
import { decidePrice, PRICE_RULE } from "./price-decision.ts";
import { type ReceiptInputs, reevaluateReceipt, resultOf } from "./price-receipt.ts";

const at = new Date("2026-11-20T12:00:00Z");
const began = new Date("2026-11-10T00:00:00Z");
const campaign = (id: string, amount: number): ReceiptInputs["candidates"][number] => ({
  ...{ campaignId: id, campaignName: id, status: "active", startAt: null, endAt: null, durationMonths: null },
  ...{ campaignPriceId: `cpr_${id}`, stripePriceId: `price_${id}`, state: "usable", problem: null, currency: "SEK" },
  ...{ amount, interval: "month", intervalCount: 1, version: 1, announcedAt: began },
});
const inputs: ReceiptInputs = {
  at,
  taxRateBps: 600,
  defaultPrice: {
    ...{ id: "prc_1", currency: "SEK", amount: minorUnits(39_900), interval: "month", intervalCount: 1 },
    stripePriceId: "price_default",
  },
  candidates: [campaign("a", 29_900), campaign("b", 34_900)],
  history: [
    { amount: 39_900, campaignId: null, fromAt: new Date("2026-09-01T00:00:00Z"), untilAt: began },
    { amount: 29_900, campaignId: "a", fromAt: began, untilAt: null },
  ],
  lowest30Days: 39_900,
};
/** As it comes back from the database. */
const stored = (given: object = {}, more: Partial<ReceiptInputs> = {}) => ({
  rule: PRICE_RULE,
  amount: 29_900,
  campaignId: "a",
  stripePriceId: "price_a",
  inputs: JSON.parse(JSON.stringify({ ...inputs, ...more })),
  alternatives: [{ campaignId: "b", stripePriceId: "price_b", lost: "beaten" }],
  ...given,
});

describe("a price receipt, evaluated again", () => {
  it("comes to the same answer, whatever the order of its rows", () => {
    expect(reevaluateReceipt(stored())).toEqual({ outcome: "same" });
    const turned = { candidates: inputs.candidates.toReversed(), history: inputs.history.toReversed() };
    expect(reevaluateReceipt(stored({}, turned))).toEqual({ outcome: "same" });
  });

  it.each([
    ["another amount", { amount: 29_901 }, {}],
    ["another campaign", { campaignId: "b" }, {}],
    ["another price at Stripe", { stripePriceId: "price_b" }, {}],
    ["another reason", { alternatives: [{ campaignId: "b", stripePriceId: "price_b", lost: "over" }] }, {}],
    ["a forgotten alternative", { alternatives: [] }, {}],
    ["another reference price", {}, { lowest30Days: 49_900 }],
    ["a changed candidate", {}, { candidates: [campaign("a", 28_900), campaign("b", 34_900)] }],
    ["a changed history", {}, { history: [] }],
  ])("finds %s", (_what, given, more) => {
    expect(reevaluateReceipt(stored(given, more)).outcome).toBe("differs");
  });

  it.each([
    ["a rule that is not known", { rule: "highest-price/9" }],
    ["inputs of another shape", { inputs: { at: "once" } }],
    ["no alternatives", { alternatives: null }],
  ])("says that it cannot with %s", (_what, given) => {
    expect(reevaluateReceipt(stored(given))).toEqual({ outcome: "unreadable" });
  });

  it("reads no clock: the same inputs give the same result on any day", () => {
    expect(resultOf(decidePrice, inputs)).toEqual(resultOf(decidePrice, structuredClone(inputs)));
  });
});
