import { single } from "./forms.ts";
import type { ShopItem } from "./shop-item.ts";

const pack = {
  kind: "credit_pack",
  category: "credits",
  art: "credits",
  taxRateBps: 2_500,
  creditsValidDays: 365,
  name: { sv: "Krediter", en: "Credits" },
  includes: [],
} as const;

/** Credits for programs and for what is paid by the piece. Sold at the same rate, or better, in every larger pack. */
export const CREDIT_PACKS: readonly ShopItem[] = [
  {
    ...pack,
    id: "credits-100",
    recommended: true,
    creditsPerUnit: 100,
    summary: { sv: "100 krediter", en: "100 Credits" },
    description: {
      sv: "Räcker för att prova. Gäller i 365 dagar från köpet.",
      en: "Enough to try. Valid for 365 days from the purchase.",
    },
    variants: single("credits-100"),
    price: { SEK: 1_000, EUR: 100, USD: 100 },
  },
  {
    ...pack,
    id: "credits-1000",
    creditsPerUnit: 1_000,
    summary: { sv: "1 000 krediter", en: "1,000 Credits" },
    description: {
      sv: "För den som använder dem varje vecka. Gäller i 365 dagar från köpet.",
      en: "For using them every week. Valid for 365 days from the purchase.",
    },
    variants: single("credits-1000"),
    price: { SEK: 9_500, EUR: 900, USD: 950 },
  },
  {
    ...pack,
    id: "credits-10000",
    creditsPerUnit: 10_000,
    summary: { sv: "10 000 krediter", en: "10,000 Credits" },
    description: {
      sv: "För program som kör varje dag. Gäller i 365 dagar från köpet.",
      en: "For programs that run every day. Valid for 365 days from the purchase.",
    },
    variants: single("credits-10000"),
    price: { SEK: 89_000, EUR: 8_000, USD: 9_000 },
  },
];
