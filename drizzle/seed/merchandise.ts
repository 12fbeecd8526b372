import type { ShopItem, ShopVariant, Texts } from "./shop-item.ts";

const merchandise = { kind: "merchandise", taxRateBps: 2_500, includes: [] } as const;
const sizes = ["S", "M", "L", "XL"] as const;
const black = { code: "black", name: { sv: "Svart", en: "Black" } };
const undyed = { code: "undyed", name: { sv: "Ofärgad", en: "Undyed" } };
const yellow = { code: "yellow", name: { sv: "Gul", en: "Yellow" } };

function garment(productId: string, colors: readonly { code: string; name: Texts }[]): ShopVariant[] {
  return colors.flatMap((color) =>
    sizes.map((size) => ({
      id: `${productId}-${color.code}-${size.toLowerCase()}`,
      sku: `KV-${productId}-${color.code}-${size}`.toUpperCase(),
      options: { color: color.name, size: { sv: size, en: size } },
    })),
  );
}

function inColors(productId: string, colors: readonly { code: string; name: Texts }[]): ShopVariant[] {
  return colors.map((color) => ({
    id: `${productId}-${color.code}`,
    sku: `KV-${productId}-${color.code}`.toUpperCase(),
    options: { color: color.name },
  }));
}

function single(productId: string): ShopVariant[] {
  return [{ id: `${productId}-one`, sku: `KV-${productId}`.toUpperCase(), options: {} }];
}

export const MERCHANDISE: readonly ShopItem[] = [
  {
    ...merchandise,
    id: "t-shirt",
    art: "t-shirt",
    category: "clothes",
    name: { sv: "T-shirt", en: "T-shirt" },
    summary: { sv: "Tung bomull som håller formen.", en: "Heavy cotton that keeps its shape." },
    description: {
      sv: "240 g ekologisk bomull, rak passform, tryckt i Malmö. Tvättas i 40 grader, ut och in.",
      en: "240 g organic cotton, straight fit, printed in Malmö. Wash at 40 degrees, inside out.",
    },
    variants: garment("t-shirt", [black, undyed]),
    price: { SEK: 24_900, EUR: 2_300, USD: 2_500 },
  },
  {
    ...merchandise,
    id: "hoodie",
    art: "hoodie",
    category: "clothes",
    name: { sv: "Huvtröja", en: "Hoodie" },
    summary: { sv: "Varm före passet, varmare efter.", en: "Warm before training, warmer after." },
    description: {
      sv: "Borstad insida, dubbel huva, ficka med dragkedja för nyckel och kort. 80 % bomull, 20 % återvunnen polyester.",
      en: "Brushed inside, double hood, zipped pocket for key and card. 80% cotton, 20% recycled polyester.",
    },
    variants: garment("hoodie", [black]),
    price: { SEK: 59_900, EUR: 5_500, USD: 5_900 },
    earlier: { steps: [{ daysAgo: 60, percent: 110 }], todaySinceDaysAgo: 25 },
  },
  {
    ...merchandise,
    id: "bottle",
    art: "bottle",
    category: "equipment",
    name: { sv: "Vattenflaska", en: "Water bottle" },
    summary: { sv: "Sju deciliter, rostfritt stål.", en: "Seven tenths of a litre, stainless steel." },
    description: {
      sv: "Enkelväggigt rostfritt stål som går att diska i maskin. Korken sitter fast i flaskan.",
      en: "Single-walled stainless steel, dishwasher safe. The cap stays on the bottle.",
    },
    variants: inColors("bottle", [black, yellow]),
    price: { SEK: 19_900, EUR: 1_800, USD: 2_000 },
  },
  {
    ...merchandise,
    id: "towel",
    art: "towel",
    category: "equipment",
    name: { sv: "Handduk", en: "Towel" },
    summary: {
      sv: "Liten nog för bänken, stor nog för duschen.",
      en: "Small enough for the bench, big enough for the shower.",
    },
    description: {
      sv: "50 × 100 cm, 500 g bomullsfrotté med hängare. Tvättas i 60 grader.",
      en: "50 × 100 cm, 500 g cotton terry with a loop. Wash at 60 degrees.",
    },
    variants: single("towel"),
    price: { SEK: 14_900, EUR: 1_400, USD: 1_500 },
    earlier: {
      steps: [
        { daysAgo: 60, percent: 100 },
        { daysAgo: 40, percent: 87 },
      ],
      todaySinceDaysAgo: 12,
    },
  },
  {
    ...merchandise,
    id: "bag",
    art: "bag",
    category: "equipment",
    name: { sv: "Träningsväska", en: "Gym bag" },
    summary: { sv: "35 liter med eget fack för skor.", en: "35 litres with a pocket of its own for shoes." },
    description: {
      sv: "Vattenavvisande väv av återvunnen nylon, ventilerat skofack, axelrem som går att ta av.",
      en: "Water-repellent fabric of recycled nylon, ventilated shoe pocket, detachable shoulder strap.",
    },
    variants: single("bag"),
    price: { SEK: 44_900, EUR: 4_100, USD: 4_500 },
  },
  {
    ...merchandise,
    id: "cap",
    art: "cap",
    category: "clothes",
    name: { sv: "Keps", en: "Cap" },
    summary: {
      sv: "Fem paneler, en knapp, ingen logga i pannan.",
      en: "Five panels, one button, no logo on the forehead.",
    },
    description: {
      sv: "Bomullstwill med svettband och metallspänne bak. En storlek, 55–61 cm.",
      en: "Cotton twill with a sweatband and a metal clasp. One size, 55–61 cm.",
    },
    variants: inColors("cap", [black, yellow]),
    price: { SEK: 22_900, EUR: 2_100, USD: 2_300 },
  },
];
