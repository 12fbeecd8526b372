import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addMonths, nextPeriodEnd } from "./periods.ts";

const at = (text: string) => Date.parse(text) / 1000;
const text = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 19);
const monthly = { interval: "month", interval_count: 1 } as const;

function walk(anchor: string, steps: number, recurring: Parameters<typeof nextPeriodEnd>[2]): string[] {
  const ends: string[] = [];
  let end = at(anchor);
  for (let step = 0; step < steps; step += 1) {
    end = nextPeriodEnd(at(anchor), end, recurring);
    ends.push(text(end).slice(0, 10));
  }
  return ends;
}

describe("period ends", () => {
  it("clamp the 31st to shorter months and return to it", () => {
    expect(walk("2027-01-31T10:00:00Z", 5, monthly)).toEqual([
      "2027-02-28",
      "2027-03-31",
      "2027-04-30",
      "2027-05-31",
      "2027-06-30",
    ]);
  });

  it("use the leap day where there is one", () => {
    expect(walk("2028-01-30T10:00:00Z", 2, monthly)).toEqual(["2028-02-29", "2028-03-30"]);
    expect(walk("2028-02-29T10:00:00Z", 4, { interval: "year", interval_count: 1 })).toEqual([
      "2029-02-28",
      "2030-02-28",
      "2031-02-28",
      "2032-02-29",
    ]);
  });

  it("cross the end of a year, also by quarters", () => {
    expect(walk("2026-11-30T23:59:59Z", 3, { interval: "month", interval_count: 3 })).toEqual([
      "2027-02-28",
      "2027-05-30",
      "2027-08-30",
    ]);
  });

  it("count weeks and days as such", () => {
    expect(walk("2026-11-21T00:00:00Z", 2, { interval: "week", interval_count: 2 })).toEqual([
      "2026-12-05",
      "2026-12-19",
    ]);
    expect(walk("2026-11-21T00:00:00Z", 2, { interval: "day", interval_count: 10 })).toEqual([
      "2026-12-01",
      "2026-12-11",
    ]);
  });

  it("keep the time of day and the anchor's day, or the month's last", () => {
    const anchors = fc.integer({ min: at("2000-01-01T00:00:00Z"), max: at("2090-01-01T00:00:00Z") });
    fc.assert(
      fc.property(anchors, fc.integer({ min: 1, max: 400 }), (anchor, months) => {
        const [from, to] = [new Date(anchor * 1000), new Date(addMonths(anchor, months) * 1000)];
        const lastDay = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate();
        expect(to.getUTCDate()).toBe(Math.min(from.getUTCDate(), lastDay));
        expect(text(to.getTime() / 1000).slice(10)).toBe(text(anchor).slice(10));
        expect((to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth()).toBe(months);
      }),
    );
  });
});
