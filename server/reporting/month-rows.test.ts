import { expect, it } from "vitest";
import { type MonthFacts, monthRows, sumMonths } from "./month-rows.ts";

const nothing: MonthFacts = {
  ...{
    before: [],
    started: [],
    ended: [],
    lost: [],
    charges: [],
    refusals: [],
    recoveries: [],
    refunds: [],
    moreSeats: [],
    fewerSeats: [],
    mails: [],
  },
};
const of = (month: string, currency: string | null, count: number, amount = 0) => ({ month, currency, count, amount });

it("carries members from month to month and tells who left of those that there were", () => {
  const rows = monthRows(["2026-01", "2026-02", "2026-03"], {
    ...nothing,
    before: [{ currency: "SEK", count: 10 }],
    started: [of("2026-01", "SEK", 5), of("2026-03", "SEK", 1)],
    ended: [of("2026-02", "SEK", 3)],
    lost: [of("2026-02", "SEK", 1)],
  });
  expect(rows.map(({ month, members, churnBps, lost }) => [month, members, churnBps, lost])).toEqual([
    ["2026-01", 15, 0, 0],
    ["2026-02", 12, 2_000, 1],
    ["2026-03", 13, 0, 0],
  ]);
});

it("keeps currencies apart, tells of a month's mails once, and not of months without anything", () => {
  const rows = monthRows(["2026-01", "2026-02", "2026-03"], {
    ...nothing,
    charges: [of("2026-01", "SEK", 2, 79_800), of("2026-01", "USD", 1, 4_900)],
    recoveries: [of("2026-01", "SEK", 1, 39_900)],
    mails: [of("2026-01", null, 7), of("2026-03", null, 2)],
  });
  expect(rows.map(({ id, charged, mails, churnBps }) => [id, charged, mails, churnBps])).toEqual([
    ["2026-01 SEK", 79_800, 7, null],
    ["2026-01 USD", 4_900, null, null],
    ["2026-03 SEK", 0, 2, null],
  ]);
  expect(sumMonths(rows)).toMatchObject({
    money: [
      { currency: "SEK", charged: 79_800, recovered: 39_900, refunded: 0 },
      { currency: "USD", charged: 4_900, recovered: 0, refunded: 0 },
    ],
    charges: 3,
    mails: 9,
  });
});

it("tells of the mails of a shop that has not sold anything yet", () => {
  const rows = monthRows(["2026-01", "2026-02"], { ...nothing, mails: [of("2026-02", null, 3)] });
  expect(rows.map(({ id, members, mails }) => [id, members, mails])).toEqual([["2026-02 SEK", 0, 3]]);
});

it("tells how many seats were bought and given up, also where nothing else happened", () => {
  const rows = monthRows(["2026-01", "2026-02"], {
    ...nothing,
    moreSeats: [of("2026-01", "USD", 2, 5)],
    fewerSeats: [of("2026-02", "USD", 1, 3)],
  });
  expect(rows.map(({ id, moreSeats, fewerSeats }) => [id, moreSeats, fewerSeats])).toEqual([
    ["2026-01 USD", 5, 0],
    ["2026-02 USD", 0, 3],
  ]);
  expect(sumMonths(rows)).toMatchObject({ moreSeats: 5, fewerSeats: 3 });
});

it("has no rows where nothing ever happened", () => {
  expect(monthRows(["2026-01"], nothing)).toEqual([]);
});
