import type { planEntitlements, plans, planVersionPrices, planVersions } from "../schema/plans.ts";
import type { ShopItem, ShopVariant, Texts } from "./shop-item.ts";

type Plan = {
  readonly code: "pilot" | "pro" | "enterprise";
  readonly summary: Texts;
  /** US cents, tax included. */
  readonly prices: { readonly month: number; readonly year?: number };
  /** Of each seat beyond those that it holds, US cents, tax included. */
  readonly seat?: { readonly month: number; readonly year: number };
  readonly holds: Readonly<Record<string, boolean | number>>;
};

const billing = { month: { sv: "Månadsvis", en: "Monthly" }, year: { sv: "Årsvis", en: "Yearly" } } as const;
const onAll = { canExportMD: true };
const pro = {
  ...{ canUseAllModules: true, canExportPDF: true, canExportJSON: true, canUseGptTestReal: true },
  ...{ hasCloudHistory: true, hasEvaluatorAI: true },
};
const none = {
  ...{ canUseAllModules: false, canExportPDF: false, canExportJSON: false, canUseGptTestReal: false },
  ...{ hasCloudHistory: false, hasEvaluatorAI: false, hasAPI: false, canExportBundleZip: false, hasWhiteLabel: false },
};

const PLANS: readonly Plan[] = [
  {
    code: "pilot",
    summary: {
      sv: "För att komma igång. Kostar inget, så länge ni vill.",
      en: "For getting started. Free, for as long as you like.",
    },
    prices: { month: 0 },
    holds: { ...none, ...onAll, seats: 1 },
  },
  {
    code: "pro",
    summary: {
      sv: "För den som arbetar med alla moduler och tar resultaten vidare.",
      en: "For working with every module and taking the results further.",
    },
    prices: { month: 4_900, year: 49_000 },
    holds: { ...none, ...onAll, ...pro, seats: 1 },
  },
  {
    code: "enterprise",
    summary: {
      sv: "För ett helt team: fem platser, API och egen profilering.",
      en: "For a whole team: five seats, the API and your own branding.",
    },
    prices: { month: 29_900, year: 299_000 },
    seat: { month: 4_900, year: 49_000 },
    holds: { ...onAll, ...pro, hasAPI: true, canExportBundleZip: true, hasWhiteLabel: true, seats: 5 },
  },
];

const productId = (code: Plan["code"]) => `promptforge-${code}`;
const named = (code: Plan["code"]) => `PromptForge ${code.charAt(0).toUpperCase()}${code.slice(1)}`;

function forms({ code, prices, seat, holds }: Plan): ShopVariant[] {
  return (["month", "year"] as const).flatMap((interval) => {
    const amount = prices[interval];
    if (amount === undefined) return [];
    const id = `${productId(code)}-${interval}`;
    const seats = seat && { included: Number(holds.seats), each: { USD: seat[interval] } };
    const price = { amounts: { USD: amount }, interval, ...(seats ? { seats } : {}) };
    return [{ id, sku: `KV-${id}`.toUpperCase(), options: { billing: billing[interval] }, price }];
  });
}

/** The plans as products: what is bought, billed and mirrored to the provider like a membership. */
export const PLAN_ITEMS: readonly ShopItem[] = PLANS.map((plan) => ({
  id: productId(plan.code),
  kind: "plan",
  name: { sv: named(plan.code), en: named(plan.code) },
  summary: plan.summary,
  description: plan.summary,
  includes: [],
  art: "credits",
  category: "plans",
  taxRateBps: 2_500,
  variants: forms(plan),
}));

type Rows = {
  readonly plans: (typeof plans.$inferInsert)[];
  readonly versions: (typeof planVersions.$inferInsert)[];
  readonly prices: (typeof planVersionPrices.$inferInsert)[];
  readonly entitlements: (typeof planEntitlements.$inferInsert)[];
};

/** The first version of every plan. Ids are stable. */
export function planRows(now: Date): Rows {
  const rows: Rows = { plans: [], versions: [], prices: [], entitlements: [] };
  for (const [position, { code, summary, prices, seat, holds }] of PLANS.entries()) {
    const planVersionId = `plv_${code}_1`;
    rows.plans.push({ code, productId: productId(code), position });
    rows.versions.push({
      ...{ id: planVersionId, planCode: code, version: 1, status: "published" as const, summary },
      ...{ name: { sv: named(code), en: named(code) }, reason: "The first version.", createdBy: "system:seed" },
      ...{ createdAt: now, publishedAt: now },
    });
    for (const interval of ["month", "year"] as const) {
      const amount = prices[interval];
      const lookupKey = `kraftverk:${productId(code)}:${productId(code)}-${interval}:usd:1-${interval}`;
      const seatAmount = seat?.[interval] ?? null;
      if (amount !== undefined)
        rows.prices.push({ planVersionId, currency: "USD", interval, amount, seatAmount, lookupKey });
    }
    rows.entitlements.push(...Object.entries(holds).map(([feature, value]) => ({ planVersionId, feature, value })));
  }
  return rows;
}
