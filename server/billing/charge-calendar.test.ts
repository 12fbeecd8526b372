import { describe, expect, it } from "vitest";
import { type ChargeFacts, chargeCalendar, chargedOf } from "./charge-calendar.ts";

const day = (text: string) => new Date(`${text}T09:00:00Z`);
const now = day("2027-01-31");
const until = day("2028-01-31");
const month: ChargeFacts = {
  ...{ status: "active", interval: "month", intervalCount: 1, amount: 39_900 },
  anchorAt: day("2027-01-31"),
  currentPeriodEndAt: day("2027-02-28"),
  ...{ cancelAt: null, pauseAt: null, resumeAt: null, scheduled: null, unpaid: null, discount: null, carriedAmount: 0 },
};
const shown = (facts: Partial<ChargeFacts>) =>
  chargeCalendar({ ...month, ...facts }, now, until).map(({ at, amount, why }) => [
    at.toISOString().slice(0, 10),
    amount,
    why,
  ]);

describe("what will be charged in a year", () => {
  it("comes on the day it began, or the last of a month that lacks it", () => {
    const dates = shown({}).map(([date]) => date);
    expect(dates).toHaveLength(11);
    expect(dates.slice(0, 4)).toEqual(["2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]);
    expect(dates.at(-1)).toBe("2027-12-31");
  });

  it("of a plan with seats is rounded for each of its two lines, as the bill is", () => {
    const third = { bps: 3_333, amount: null, untilAt: null };
    // 33.33 % of 299.03 are 99.6667, so 99.67, and of 148.53 they are 49.5051, so 49.51; of both at once 149.1717.
    const charged = shown({ amount: 44_756, ofSeats: 14_853, discount: third }).map(([, amount]) => amount);
    expect(new Set(charged)).toEqual(new Set([44_756 - 9_967 - 4_951]));
  });

  it("is nothing after an end, and nothing while it rests", () => {
    expect(shown({ cancelAt: day("2027-02-28") })).toEqual([]);
    expect(shown({ pauseAt: day("2027-02-28") })).toEqual([]);
    expect(shown({ status: "canceled" })).toEqual([]);
    const rests = shown({ pauseAt: day("2027-02-28"), resumeAt: day("2027-05-28") });
    expect(rests.slice(0, 2)).toEqual([
      ["2027-05-28", 39_900, "resume"],
      ["2027-06-28", 39_900, "renewal"],
    ]);
  });

  it("is another price from the day that was booked, and another cycle where it is paid by another period", () => {
    const at = day("2027-02-28");
    expect(shown({ scheduled: { at, amount: 29_900, interval: "month", intervalCount: 1 } }).slice(0, 2)).toEqual([
      ["2027-02-28", 29_900, "change"],
      ["2027-03-31", 29_900, "renewal"],
    ]);
    expect(shown({ scheduled: { at, amount: 399_000, interval: "year", intervalCount: 1 } })).toEqual([
      ["2027-02-28", 399_000, "change"],
    ]);
  });

  it("has what is taken off until that ends, off a booked price as well, and not off what is owed", () => {
    const discount = { bps: 2500, amount: null, untilAt: day("2027-04-30") };
    expect(shown({ discount }).slice(0, 3)).toEqual([
      ["2027-02-28", 29_925, "renewal"],
      ["2027-03-31", 29_925, "renewal"],
      ["2027-04-30", 39_900, "renewal"],
    ]);
    const scheduled = { at: day("2027-03-31"), amount: 29_900, interval: "month", intervalCount: 1 };
    expect(shown({ discount, scheduled })[1]).toEqual(["2027-03-31", 22_425, "change"]);
    expect(shown({ discount: { bps: null, amount: 50_000, untilAt: null } })[0]).toEqual(["2027-02-28", 0, "renewal"]);
    const unpaid = { amount: 39_900, nextAttemptAt: day("2027-02-03") };
    expect(shown({ status: "past_due", unpaid, discount })[0]).toEqual(["2027-02-03", 39_900, "retry"]);
  });

  it("has what is owed on the day it is tried again", () => {
    const unpaid = { amount: 39_900, nextAttemptAt: day("2027-02-03") };
    expect(shown({ status: "past_due", unpaid })[0]).toEqual(["2027-02-03", 39_900, "retry"]);
    expect(shown({ status: "unpaid", unpaid: { ...unpaid, nextAttemptAt: null } })).toEqual([]);
  });

  it("begins with what a change has left, brings it with an end, and is met by what is kept for the payer", () => {
    const sums = (facts: Partial<ChargeFacts>, kept: number) =>
      chargedOf(chargeCalendar({ ...month, ...facts }, now, until), kept, "SEK").map(({ amount }) => amount);
    expect(sums({ carriedAmount: 10_000 }, 0).slice(0, 2)).toEqual([49_900, 39_900]);
    // Less than nothing is kept and pays on; less than 3 kr waits and is owed with the next.
    expect(sums({ carriedAmount: -100_000 }, 0).slice(0, 4)).toEqual([0, 0, 19_700, 39_900]);
    expect(sums({ carriedAmount: -39_700 }, 0).slice(0, 2)).toEqual([0, 40_100]);
    expect(sums({}, -39_600).slice(0, 2)).toEqual([300, 39_900]);
    const ends = { cancelAt: day("2027-02-28") };
    expect(shown({ ...ends, carriedAmount: 10_000 })).toEqual([["2027-02-28", 10_000, "last"]]);
    expect(sums({ ...ends, carriedAmount: -10_000 }, 0)).toEqual([]);
    const owed = { unpaid: { amount: 39_900, nextAttemptAt: day("2027-02-03") } };
    expect(sums({ ...owed, status: "past_due" }, -39_900).slice(0, 3)).toEqual([39_900, 0, 39_900]);
  });
});
