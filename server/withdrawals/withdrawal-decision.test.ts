import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideWithdrawal, type WithdrawalLineFacts } from "./withdrawal-decision.ts";

const at = (text: string) => new Date(text);
const goods: WithdrawalLineFacts = {
  lineId: "goods",
  kind: "goods",
  paid: 29_900,
  orderedAt: at("2026-11-02T10:00:00Z"),
  shippedAt: null,
  startConsent: false,
  startsAt: null,
  paidUntil: null,
};
const membership: WithdrawalLineFacts = {
  ...goods,
  lineId: "membership",
  kind: "service",
  paid: 30_000,
  startConsent: true,
  startsAt: at("2026-11-02T10:00:00Z"),
  paidUntil: at("2026-12-02T10:00:00Z"),
};
const decide = (lines: WithdrawalLineFacts[], receivedAt: string, payment: "paid" | "unpaid" | "disputed" = "paid") =>
  decideWithdrawal(lines, { receivedAt: at(receivedAt), payment, currency: "SEK" });

describe("goods", () => {
  it("that have not left are paid back whole, at any time", () => {
    expect(decide([goods], "2027-03-01T10:00:00Z")).toMatchObject({ outcome: "accepted", refundAmount: 29_900 });
  });
  it("that have left wait for a person until they are back", () => {
    const shipped = { ...goods, shippedAt: at("2026-11-04T10:00:00Z") };
    expect(decide([shipped], "2026-11-20T10:00:00Z")).toMatchObject({
      outcome: "needs_review",
      reviewReason: "goods_to_return",
      refundAmount: 29_900,
    });
  });
  it("can be taken back until the last day is over in Sweden, and not a moment longer", () => {
    // Received on 6 November at the latest (five days from 1 November), so until Friday 20 November.
    const shipped = { ...goods, shippedAt: at("2026-11-01T10:00:00Z") };
    expect(decide([shipped], "2026-11-20T22:59:59Z").outcome).toBe("needs_review");
    expect(decide([shipped], "2026-11-20T23:00:00Z")).toMatchObject({ outcome: "refused", refundAmount: 0 });
  });
});

describe("a membership", () => {
  it("that was to start at once is paid for by the days that have passed", () => {
    const verdict = decide([membership], "2026-11-12T08:00:00Z");
    expect(verdict).toMatchObject({ outcome: "accepted", refundAmount: 20_000 });
    expect(verdict.lines[0]).toMatchObject({ used: { days: 10, ofDays: 30 }, lastDay: "2026-11-16" });
  });
  it("of which more was taken later is paid for by the days of each bill, where that is more", () => {
    const [startsAt, paidUntil] = [at("2026-11-02T10:00:00Z"), at("2026-12-02T10:00:00Z")];
    const later = { paid: 20_000, startsAt: at("2026-11-12T10:00:00Z"), paidUntil };
    const both = { ...membership, paid: 50_000, bills: [later, { paid: 30_000, startsAt, paidUntil }] };
    expect(decide([both], "2026-11-14T08:00:00Z")).toMatchObject({ refundAmount: 18_000 + 18_000 });
    // What another period set off is in its bill: never less than by all the days that were paid for.
    const other = { paid: 100, startsAt: at("2026-11-12T10:00:00Z"), paidUntil: at("2027-11-12T10:00:00Z") };
    const year = {
      ...both,
      paid: 30_100,
      paidUntil: other.paidUntil,
      bills: [other, { paid: 30_000, startsAt, paidUntil }],
    };
    expect(decide([year], "2026-11-14T08:00:00Z").refundAmount).toBe(Math.ceil((30_100 * 363) / 375));
  });
  it("that became a cheaper one is paid for by the days of each, and what is kept of that ends; what was spent of it was had", () => {
    const [startsAt, paidUntil] = [at("2026-11-02T10:00:00Z"), at("2026-12-02T10:00:00Z")];
    // 300.00 for thirty days, and after five of them a membership of 180.00: 100.00 set off for the other twenty-five.
    const setOff = [{ paid: 10_000, startsAt: at("2026-11-07T10:00:00Z"), paidUntil }];
    const bills = [{ paid: 30_000, startsAt, paidUntil }];
    const of = (kept: number, consent = true) =>
      decide(
        [{ ...membership, startConsent: consent, bills, credit: { setOff, kept, spent: 10_000 - kept } }],
        "2026-11-12T08:00:00Z",
      );
    // Five days at 10.00 and five at 6.00 are 80.00.
    expect(of(10_000)).toMatchObject({ refundAmount: 22_000, creditAmount: 10_000 });
    expect(of(4_000)).toMatchObject({ refundAmount: 16_000, creditAmount: 4_000 });
    expect(of(10_000, false)).toMatchObject({ refundAmount: 30_000, creditAmount: 10_000 });
    expect(of(0, false)).toMatchObject({ refundAmount: 20_000, creditAmount: 0 });
  });
  it("is paid back whole on its first day", () => {
    expect(decide([membership], "2026-11-02T20:00:00Z").refundAmount).toBe(30_000);
  });
  it("whose start inside the period was not asked for costs nothing (art. 14(4)(a))", () => {
    expect(decide([{ ...membership, startConsent: false }], "2026-11-12T08:00:00Z").refundAmount).toBe(30_000);
  });
  it("is too late after 14 days", () => {
    expect(decide([membership], "2026-11-17T00:00:00Z")).toMatchObject({ outcome: "refused", refundAmount: 0 });
  });
  it("within a trial takes nothing and pays nothing back", () => {
    expect(decide([{ ...membership, paid: 0 }], "2026-11-12T08:00:00Z")).toMatchObject({
      outcome: "accepted",
      refundAmount: 0,
    });
  });
});

describe("what a person has to look at", () => {
  it.each([
    ["unpaid", "not_paid"],
    ["disputed", "disputed"],
  ] as const)("a payment that is %s", (payment, reviewReason) => {
    expect(decide([goods], "2026-11-03T10:00:00Z", payment)).toMatchObject({ outcome: "needs_review", reviewReason });
  });
});

it("pays back between nothing and what was paid, and never more on a later day", () => {
  fc.assert(
    fc.property(
      fc.nat(1_000_000),
      fc.integer({ min: 0, max: 13 }),
      fc.integer({ min: 1, max: 400 }),
      (paid, day, length) => {
        const start = at("2026-11-02T10:00:00Z");
        const later = (days: number) => new Date(start.getTime() + days * 86_400_000);
        const line = { ...membership, paid, paidUntil: later(length) };
        const refund = (days: number) =>
          decideWithdrawal([line], { receivedAt: later(days), payment: "paid", currency: "SEK" }).refundAmount;
        expect(refund(day)).toBeGreaterThanOrEqual(0);
        expect(refund(day)).toBeLessThanOrEqual(paid);
        expect(refund(day + 1)).toBeLessThanOrEqual(refund(day));
      },
    ),
  );
});
