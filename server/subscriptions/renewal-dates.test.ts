import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renewalDate, renewalsBetween } from "./renewal-dates.ts";

const anchors = fc.date({
  min: new Date("2024-01-01T00:00:00Z"),
  max: new Date("2060-12-31T23:59:59Z"),
  noInvalidDate: true,
});
const every = fc.constantFrom(
  { interval: "month", intervalCount: 1 },
  { interval: "month", intervalCount: 3 },
  { interval: "year", intervalCount: 1 },
);
const monthsOf = ({ interval, intervalCount }: { interval: string; intervalCount: number }) =>
  (interval === "year" ? 12 : 1) * intervalCount;
const lastDay = (at: Date) => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
/** The wall clock of a zone: what a customer there reads of an instant. */
const clockIn = (timeZone: string) =>
  new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });

describe("A12: the renewals of a cycle", () => {
  it("come back to the day they are counted from after every shorter month, at the same time of day", () => {
    fc.assert(
      fc.property(anchors, every, fc.nat(400), (anchor, cycle, n) => {
        const at = renewalDate(anchor, cycle, n);
        const months = anchor.getUTCFullYear() * 12 + anchor.getUTCMonth() + n * monthsOf(cycle);
        expect(at.getUTCFullYear() * 12 + at.getUTCMonth()).toBe(months);
        expect(at.getUTCDate()).toBe(Math.min(anchor.getUTCDate(), lastDay(at)));
        expect(at.getTime() % 86_400_000).toBe(anchor.getTime() % 86_400_000);
      }),
    );
  });

  it("are counted from the anchor, never from the one before: month by month is not the same as all at once", () => {
    const anchor = new Date("2027-01-31T09:00:00Z");
    const monthly = { interval: "month", intervalCount: 1 };
    const days = [1, 2, 3, 12, 13].map((n) => renewalDate(anchor, monthly, n).toISOString().slice(0, 10));
    expect(days).toEqual(["2027-02-28", "2027-03-31", "2027-04-30", "2028-01-31", "2028-02-29"]);
    const leap = renewalDate(new Date("2028-02-29T09:00:00Z"), { interval: "year", intervalCount: 1 }, 1);
    expect(leap.toISOString().slice(0, 10)).toBe("2029-02-28");
    expect(renewalDate(new Date("2028-02-29T09:00:00Z"), { interval: "year", intervalCount: 1 }, 4).getUTCDate()).toBe(
      29,
    );
  });

  it("between two instants are each there once, in order, however the span is cut", () => {
    fc.assert(
      fc.property(anchors, every, fc.nat(900), fc.nat(900), (anchor, cycle, one, two) => {
        const from = new Date(anchor.getTime() + one * 86_400_000);
        const cut = new Date(from.getTime() + two * 43_200_000);
        const until = new Date(from.getTime() + two * 86_400_000);
        const whole = renewalsBetween(anchor, cycle, from, until);
        expect([...renewalsBetween(anchor, cycle, from, cut), ...renewalsBetween(anchor, cycle, cut, until)]).toEqual(
          whole,
        );
        expect(
          whole.every((at, place) => at >= from && at < until && (place === 0 || at > (whole[place - 1] as Date))),
        ).toBe(true);
      }),
    );
  });

  it("are one a month on a customer's own calendar, too, whatever their clocks do in spring and autumn", () => {
    const zones = ["Europe/Stockholm", "America/New_York", "Pacific/Auckland", "Asia/Kolkata"] as const;
    fc.assert(
      fc.property(anchors, fc.constantFrom(...zones), (anchor, zone) => {
        const monthly = { interval: "month", intervalCount: 1 };
        const clock = clockIn(zone);
        for (let n = 0; n < 24; n++) {
          const [at, next] = [renewalDate(anchor, monthly, n), renewalDate(anchor, monthly, n + 1)];
          const nights = Math.round(
            (Date.parse(clock.format(next).slice(0, 10)) - Date.parse(clock.format(at).slice(0, 10))) / 86_400_000,
          );
          // A charge is never shown twice on a day, nor a month left out: 28 to 31 days, one more or less by an hour's shift.
          expect(nights).toBeGreaterThanOrEqual(27);
          expect(nights).toBeLessThanOrEqual(32);
        }
      }),
      { numRuns: 50 },
    );
  });
});
