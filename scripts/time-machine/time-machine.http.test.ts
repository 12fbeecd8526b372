import { describe, expect, it } from "vitest";
import { testDatabase } from "../test/database.ts";
import { WHOLE } from "../test/left-to-prove.ts";
import { sized } from "../test/size.ts";
import { type LivedYear, liveYear } from "./live-year.ts";
import { openMachine } from "./machine.ts";

// Next year's, so that runs of today and of tomorrow live through the same days.
const startsAt = new Date(Date.UTC(new Date().getUTCFullYear() + 1, 0, 1, 4, 5));
// The least whose members change nothing, recover, lose their card and change their plan, each before the days are over; and
// of whom somebody has several of one, and a company fills the seats that it buys, and gives some up.
const asked = { size: 11, days: 32, seed: 20_322_531, startsAt };
/** Once says whether the money is right; twice, whether it is the same money every time. */
const LIVES = process.env[WHOLE] === "1" ? 2 : sized(1, 2);
const databases = await Promise.all(Array.from({ length: LIVES }, () => testDatabase()));

async function lived(run: number): Promise<LivedYear> {
  const urls = databases[run]?.urls;
  if (!urls) throw new Error("there is no such run");
  const machine = await openMachine({ urls, startsAt, seed: asked.seed, sandboxFolder: ":memory:" });
  try {
    return await liveYear(machine, asked);
  } finally {
    await machine.close();
  }
}

describe(`the time machine (seed ${asked.seed})`, () => {
  it("lives through the same days: the same money for the same people at the same times, as the report tells", async () => {
    const first = await lived(0);
    expect(first.broken).toEqual([]);
    for (let again = 1; again < LIVES; again++) {
      const second = await lived(again);
      expect(second.lines).toEqual(first.lines);
      expect(second.hash).toBe(first.hash);
      expect(second.broken).toEqual([]);
    }

    // What nobody changed was charged as its calendar said: M9.
    expect(first.calendars.wrong).toEqual([]);
    expect(first.calendars.members).toBeGreaterThan(4);
    expect(first.calendars.charges).toBeGreaterThan(2);

    // The report tells what is in the books.
    const charged = first.lines.filter((line) => /^payment\|.*\|paid\|/.test(line)).map((line) => line.split("|"));
    const sums = ["SEK", "USD"].map((currency) => ({
      currency,
      charged: charged.filter((one) => one[3] === currency).reduce((sum, one) => sum + Number(one[4]), 0),
    }));
    expect(first.report.money.toSorted((a, b) => a.currency.localeCompare(b.currency))).toMatchObject(sums);
    expect(sums.every((one) => one.charged > 0)).toBe(true);
    expect(first.report).toMatchObject({ charges: charged.length, started: asked.size });
    expect(first.report.mails).toBe(first.lines.filter((line) => line.startsWith("mail|")).length);
    const refused = first.lines.filter((line) => /^try\|.*\|declined\|/.test(line)).length;
    expect(first.report.refusals).toBe(refused);

    // Somebody has four of one, for a year.
    const several = first.lines.find((line) => line.startsWith("membership|member-00009@"))?.split("|");
    expect(several?.slice(2, 8)).toEqual(["oppet-plus", "active", "SEK", "1996000", "year", "4"]);

    // Eight seats, all of them taken; nine, then six, for which two people go; ten in the end, of which six are still taken.
    expect(first.report).toMatchObject({ moreSeats: 3 + 1 + 4, fewerSeats: 3 });
    const seats = first.lines.filter((line) => line.startsWith("seat|member-00008@"));
    const were = (status: string) => seats.filter((line) => line.split("|")[2] === status).length;
    expect([were("claimed"), were("revoked"), seats.length]).toEqual([6, 2, 8]);
    const company = first.lines.find((line) => line.startsWith("membership|member-00008@"))?.split("|");
    expect(company?.slice(2, 8)).toEqual(["promptforge-enterprise", "active", "USD", "54400", "month", "10"]);
  }, 1_500_000);
});
