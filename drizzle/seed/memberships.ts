import type { Amounts, ShopItem, ShopVariant, Texts } from "./shop-item.ts";

const monthly: Texts = { sv: "Månadsvis", en: "Monthly" };
const yearly: Texts = { sv: "Årsvis", en: "Yearly" };

function month(productId: string, amounts: Amounts, terms: Terms = {}): ShopVariant {
  return variant(productId, "month", monthly, amounts, terms);
}

function year(productId: string, amounts: Amounts): ShopVariant {
  return variant(productId, "year", yearly, amounts);
}

type Terms = { readonly trialDays?: number; readonly setupFee?: Amounts };

function variant(
  productId: string,
  interval: "month" | "year",
  billing: Texts,
  amounts: Amounts,
  terms: Terms = {},
): ShopVariant {
  return {
    id: `${productId}-${interval}`,
    sku: `KV-${productId}-${interval}`.toUpperCase(),
    options: { billing },
    price: { amounts, interval, ...terms },
  };
}

const membership = { kind: "membership", category: "membership", taxRateBps: 600 } as const;

export const MEMBERSHIPS: readonly ShopItem[] = [
  {
    ...membership,
    id: "oppet",
    art: "membership-open",
    recommended: true,
    name: { sv: "Öppet", en: "Open" },
    summary: {
      sv: "För dig som vill träna när det passar, på ett av våra gym.",
      en: "For training whenever it suits you, at one of our gyms.",
    },
    description: {
      sv: "Gymmet är öppet från 05.00 till 23.00 alla dagar. Du väljer ditt gym och kan byta en gång i månaden.",
      en: "The gym is open from 05:00 to 23:00 every day. You choose your gym and can change it once a month.",
    },
    includes: [
      { sv: "Gymmet 05–23, alla dagar", en: "The gym 05–23, every day" },
      { sv: "Ett gym, byte en gång i månaden", en: "One gym, change once a month" },
      { sv: "Introduktion med tränare", en: "Introduction with a coach" },
      { sv: "Frys upp till tre månader om året", en: "Pause for up to three months a year" },
    ],
    variants: [
      month("oppet", { SEK: 39_900, EUR: 3_600, USD: 3_900 }),
      year("oppet", { SEK: 399_000, EUR: 36_000, USD: 39_000 }),
    ],
  },
  {
    ...membership,
    id: "oppet-plus",
    art: "membership-plus",
    name: { sv: "Öppet Plus", en: "Open Plus" },
    summary: {
      sv: "För dig som också vill gå på pass, och träna på alla våra gym.",
      en: "For classes too, and for training at every gym of ours.",
    },
    description: {
      sv: "Alla gym, alla pass. Boka upp till sju dagar i förväg, avboka senast två timmar innan.",
      en: "Every gym, every class. Book up to seven days ahead, cancel at least two hours before.",
    },
    includes: [
      { sv: "Alla gym 05–23, alla dagar", en: "Every gym 05–23, every day" },
      { sv: "Alla gruppass", en: "All group classes" },
      { sv: "En vän gratis en gång i månaden", en: "A friend for free once a month" },
      { sv: "Genomgång med tränare var tredje månad", en: "Review with a coach every third month" },
      { sv: "Upp till fyra på samma räkning, för familjen", en: "Up to four on the same bill, for the family" },
    ],
    mostUnits: 4,
    variants: [
      month("oppet-plus", { SEK: 49_900, EUR: 4_500, USD: 4_900 }),
      year("oppet-plus", { SEK: 499_000, EUR: 45_000, USD: 49_000 }),
    ],
    earlier: { steps: [{ daysAgo: 60, percent: 96 }], todaySinceDaysAgo: 14 },
  },
  {
    ...membership,
    id: "dagtid",
    art: "membership-day",
    name: { sv: "Dagtid", en: "Daytime" },
    summary: {
      sv: "För dig som tränar på förmiddagen eller mitt på dagen.",
      en: "For training in the morning or in the middle of the day.",
    },
    description: {
      sv: "Gymmet vardagar 09.00 till 15.00, när det är lugnt och plats vid alla stationer.",
      en: "The gym on weekdays from 09:00 to 15:00, when it is quiet and every station is free.",
    },
    includes: [
      { sv: "Gymmet vardagar 09–15", en: "The gym on weekdays 09–15" },
      { sv: "Ett gym, byte en gång i månaden", en: "One gym, change once a month" },
      { sv: "Introduktion med tränare", en: "Introduction with a coach" },
    ],
    variants: [
      month("dagtid", { SEK: 29_900, EUR: 2_700, USD: 2_900 }),
      year("dagtid", { SEK: 299_000, EUR: 27_000, USD: 29_000 }),
    ],
    earlier: { steps: [{ daysAgo: 60, percent: 90 }], todaySinceDaysAgo: 45 },
  },
  {
    ...membership,
    id: "test-kund",
    art: "membership-test",
    name: { sv: "Test Kund", en: "Test Kund" },
    summary: {
      sv: "Ett vanligt månadsmedlemskap på ett av våra gym.",
      en: "An ordinary monthly membership at one of our gyms.",
    },
    description: {
      sv: "Samma tider och samma gym som Öppet, betalat månad för månad.",
      en: "The same hours and the same gyms as Open, paid month by month.",
    },
    includes: [
      { sv: "Gymmet 05–23, alla dagar", en: "The gym 05–23, every day" },
      { sv: "Ett gym, byte en gång i månaden", en: "One gym, change once a month" },
    ],
    variants: [month("test-kund", { SEK: 39_900, EUR: 3_600, USD: 3_900 })],
  },
  {
    ...membership,
    id: "gruppass",
    art: "mat",
    name: { sv: "Gruppass", en: "Classes" },
    summary: {
      sv: "För dig som bara vill gå på pass. De första två veckorna är på prov.",
      en: "For classes and nothing else. The first two weeks are a trial.",
    },
    description: {
      sv: "Alla gruppass på alla gym. Boka upp till sju dagar i förväg, avboka senast två timmar innan.",
      en: "All group classes at every gym. Book up to seven days ahead, cancel at least two hours before.",
    },
    includes: [
      { sv: "Alla gruppass, på alla gym", en: "All group classes, at every gym" },
      { sv: "Egen matta att ta hem", en: "A mat of your own to keep" },
      { sv: "Omklädning och bastu i samband med pass", en: "Changing room and sauna before and after class" },
    ],
    variants: [
      month(
        "gruppass",
        { SEK: 34_900, EUR: 3_200, USD: 3_400 },
        { trialDays: 14, setupFee: { SEK: 9_900, EUR: 900, USD: 1_000 } },
      ),
    ],
  },
];
