import type { Interval } from "~/lib/format/money.ts";
import { RenewalLine } from "../memberships/renewal-line.tsx";
import { Price } from "../pricing/price.tsx";
import { Sample } from "./sample.tsx";

const MONTH: Interval = { unit: "month", count: 1 };
const YEAR: Interval = { unit: "year", count: 1 };
const sek = (amount: number) => ({ amount, currency: "SEK" });
const CAMPAIGN = { name: "Novemberkampanj", lowest30: sek(39900), durationMonths: null, later: null };

export function PriceSamples() {
  return (
    <Sample title="Price, RenewalLine">
      <div className="grid gap-8 md:grid-cols-2">
        <Price price={sek(29900)} interval={MONTH} campaign={CAMPAIGN} size="hero" />
        <Price price={sek(29900)} interval={MONTH} campaign={{ ...CAMPAIGN, durationMonths: 3, later: sek(39900) }} />
        <Price price={sek(39900)} interval={MONTH} campaign={CAMPAIGN} />
        <Price price={sek(1229900)} interval={YEAR} />
        <Price price={sek(29950)} interval={null} size="line" />
        <Price price={{ amount: 2900, currency: "EUR" }} interval={MONTH} tax="excl" />
      </div>
      <RenewalLine interval={MONTH} next={{ sum: sek(39900), at: "2026-12-20T09:00:00Z" }} />
      <RenewalLine
        interval={MONTH}
        next={null}
        trial={{ today: sek(0), sum: sek(39900), endsAt: "2026-12-04T09:00:00Z", noticeDays: 3 }}
      />
      <RenewalLine interval={MONTH} next={null} endsAt="2026-12-20T09:00:00Z" />
    </Sample>
  );
}
