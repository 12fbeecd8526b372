import { minorUnits } from "../server/kernel/money.ts";
import { createCampaignIndex } from "../server/pricing/campaign-index.ts";
import type { Candidate, DefaultPrice } from "../server/pricing/price-decision.ts";
import { percentile } from "./statistics.ts";

const CAMPAIGNS = 10_000;
const PRODUCTS = 100;
const DAY_MS = 86_400_000;
const now = Date.parse("2026-11-20T12:00:00Z");

/** Half of them name one product, so that the worst case is in it: most of those are cheaper and over. */
function makeCandidates(): (Candidate & { productId: string })[] {
  return Array.from({ length: CAMPAIGNS }, (_, index) => ({
    productId: `product-${index % 2 === 0 ? 0 : index % PRODUCTS}`,
    campaignId: `campaign-${index}`,
    campaignName: `Campaign ${index}`,
    status: "active",
    startAt: new Date(now - 60 * DAY_MS),
    // Only one in fifty is still on: the look-up has to pass the others, which are all cheaper.
    endAt: index % 50 < 2 ? null : new Date(now - DAY_MS),
    durationMonths: null,
    campaignPriceId: `price-${index}`,
    stripePriceId: `price_${index}`,
    state: "usable",
    problem: null,
    currency: "SEK",
    amount: index % 50 < 2 ? 30_000 + index : 20_000 + index,
    interval: "month",
    intervalCount: 1,
    version: 1,
    announcedAt: new Date(now),
  }));
}

/** Look-ups of campaign prices in one process with 10,000 active campaigns: how many a second, and each one's time in ms. */
export function measureCampaigns(seconds: number): { perSecond: number; latencies: number[] } {
  const index = createCampaignIndex(makeCandidates());
  const defaultPrice: DefaultPrice = {
    ...{ id: "prc", currency: "SEK", amount: minorUnits(90_000), interval: "month", intervalCount: 1 },
    stripePriceId: "price_default",
  };
  const at = new Date(now);
  const latencies: number[] = [];
  const began = performance.now();
  let found = 0;
  while (performance.now() - began < seconds * 1_000) {
    const start = performance.now();
    if (index.find({ productId: `product-${latencies.length % PRODUCTS}`, defaultPrice }, at)) found += 1;
    latencies.push(performance.now() - start);
  }
  if (found === 0) throw new Error("no campaign was found");
  return { perSecond: latencies.length / ((performance.now() - began) / 1_000), latencies };
}

/** The figures of P11 for the report. */
export function campaignFigures(seconds: number): { P11: number; "P11 p99": number } {
  const { perSecond, latencies } = measureCampaigns(seconds);
  return { P11: perSecond, "P11 p99": percentile(latencies, 0.99) };
}
