import { describe, expect, it } from "vitest";
import type { Interval } from "../format/money.ts";
import { type PriceFacts, priceLines, renewalLine } from "./price-view.ts";

const sek = (amount: number) => ({ amount, currency: "SEK" });
const month: Interval = { unit: "month", count: 1 };
const campaign = (over: Partial<NonNullable<PriceFacts["campaign"]>> = {}): PriceFacts => ({
  price: sek(29900),
  interval: month,
  campaign: { name: "Novemberkampanj", lowest30: sek(39900), durationMonths: 3, later: sek(39900), ...over },
});
const plain = (text: string | null) => text?.replaceAll("\u00a0", " ") ?? null;

describe("a price", () => {
  it("is only itself without a campaign", () => {
    const lines = priceLines({ price: sek(29900), interval: month }, "sv");
    expect([plain(lines.amount), lines.suffix, lines.tag, lines.lowest30, lines.term]).toEqual([
      "299 kr",
      "/mån",
      null,
      null,
      null,
    ]);
  });

  it("stands beside its 30-day low and says what comes after", () => {
    const sv = priceLines(campaign(), "sv");
    expect(sv.tag).toBe("Novemberkampanj");
    expect(plain(sv.lowest30)).toBe("Lägsta pris 30 dagar före sänkningen: 399 kr/mån (−25 %)");
    expect(plain(sv.term)).toBe("Kampanjpriset gäller i 3 månader, därefter 399 kr/mån");
    const en = priceLines(campaign(), "en");
    expect(plain(en.lowest30)).toBe("Lowest price in the 30 days before the reduction: SEK 399/month (−25%)");
    expect(plain(en.term)).toBe("Campaign price for 3 months, then SEK 399/month");
  });

  it("is no reduction when it is not below the 30-day low, but its term still stands", () => {
    for (const lowest30 of [sek(29900), sek(19900), { amount: 39900, currency: "EUR" }, null]) {
      const lines = priceLines(campaign({ lowest30 }), "sv");
      expect([lines.tag, lines.lowest30]).toEqual([null, null]);
      expect(lines.term).not.toBeNull();
    }
  });

  it("never promises a larger reduction than it gives", () => {
    expect(plain(priceLines(campaign({ lowest30: sek(39999) }), "sv").lowest30)).toContain("(−25 %)");
    expect(plain(priceLines(campaign({ lowest30: sek(29950) }), "sv").lowest30)).toBe(
      "Lägsta pris 30 dagar före sänkningen: 299,50 kr/mån",
    );
  });

  it("says that it holds when nothing ends it", () => {
    expect(priceLines(campaign({ durationMonths: null, later: null }), "sv").term).toBe(
      "Kampanjpriset gäller så länge du har medlemskapet.",
    );
  });
});

describe("the renewal line", () => {
  const next = { sum: sek(39900), at: "2026-12-20T09:00:00Z" };

  it("says how often, for how long, how much and when", () => {
    expect(plain(renewalLine({ interval: month, next }, "sv"))).toBe(
      "Förnyas varje månad tills du avslutar. Ingen bindningstid. Nästa betalning: 399,00 kr den 20 december 2026.",
    );
    expect(plain(renewalLine({ interval: month, next }, "en"))).toBe(
      "Renews every month until you cancel. No minimum term. Next payment: SEK 399.00 on 20 December 2026.",
    );
  });

  it("says what a trial turns into, and that there is one", () => {
    const trial = { today: sek(0), sum: sek(39900), endsAt: "2026-12-04T09:00:00Z", noticeDays: 3 };
    expect(plain(renewalLine({ interval: month, next: null, trial }, "sv"))).toBe(
      "0 kr i dag. 399 kr dras den 4 december 2026 om du inte avslutar innan dess. Vi mejlar dig 3 dagar före. En provperiod per person, företag och kort.",
    );
    expect(plain(renewalLine({ interval: month, next: null, trial }, "en"))).toBe(
      "SEK 0 today. SEK 399 will be charged on 4 December 2026 unless you cancel before then. We email you 3 days before. One trial per person, company and card.",
    );
  });

  it("says the fee that is paid at once beside a trial, and in a trial that runs only what comes", () => {
    const trial = { today: sek(9900), sum: sek(39900), endsAt: "2026-12-04T09:00:00Z", noticeDays: 3 };
    expect(plain(renewalLine({ interval: month, next: null, trial }, "sv"))).toBe(
      "99 kr i dag. 399 kr dras den 4 december 2026 om du inte avslutar innan dess. Vi mejlar dig 3 dagar före. En provperiod per person, företag och kort.",
    );
    expect(plain(renewalLine({ interval: month, next: null, trial: { ...trial, today: null } }, "sv"))).toBe(
      "399,00 kr dras den 4 december 2026 om du inte avslutar innan dess. Vi mejlar dig 3 dagar före.",
    );
  });

  it("says that nothing more is charged once it ends", () => {
    expect(renewalLine({ interval: month, next, endsAt: "2026-12-20T09:00:00Z" }, "sv")).toBe(
      "Avslutas den 20 december 2026. Inget mer dras.",
    );
  });
});
