import { BLACK, GRAY, GREEN, garment, inColors, inForms, UNDYED, YELLOW } from "./forms.ts";
import type { ShopItem } from "./shop-item.ts";

const clothes = { kind: "merchandise", category: "clothes", taxRateBps: 2_500, includes: [] } as const;
const SIZES = ["S", "M", "L", "XL"];
const WIDE_SIZES = ["XS", ...SIZES];

const careLabel = {
  art: "care-label",
  alt: {
    sv: "Tvättlapp: 40 grader, ut och in, ingen torktumlare.",
    en: "Care label: 40 degrees, inside out, no tumble dryer.",
  },
};

export const CLOTHES: readonly ShopItem[] = [
  {
    ...clothes,
    id: "t-shirt",
    art: "t-shirt",
    pictures: [
      {
        art: "t-shirt",
        alt: { sv: "T-shirt med en gul blixt på bröstet.", en: "T-shirt with a yellow bolt on the chest." },
      },
      careLabel,
    ],
    name: { sv: "T-shirt", en: "T-shirt" },
    summary: { sv: "Tung bomull som håller formen.", en: "Heavy cotton that keeps its shape." },
    description: {
      sv: "240 g ekologisk bomull, rak passform, tryckt i Malmö. Tvättas i 40 grader, ut och in.",
      en: "240 g organic cotton, straight fit, printed in Malmö. Wash at 40 degrees, inside out.",
    },
    variants: garment("t-shirt", [BLACK, UNDYED], SIZES, { "undyed XL": [2, 1] }),
    price: { SEK: 24_900, EUR: 2_300, USD: 2_500 },
  },
  {
    ...clothes,
    id: "hoodie",
    art: "hoodie",
    pictures: [
      {
        art: "hoodie",
        alt: {
          sv: "Huvtröja med dubbel huva, gul på insidan.",
          en: "Hoodie with a double hood, yellow on the inside.",
        },
      },
      careLabel,
    ],
    name: { sv: "Huvtröja", en: "Hoodie" },
    summary: { sv: "Varm före passet, varmare efter.", en: "Warm before training, warmer after." },
    description: {
      sv: "Borstad insida, dubbel huva, ficka med dragkedja för nyckel och kort. 80 % bomull, 20 % återvunnen polyester.",
      en: "Brushed inside, double hood, zipped pocket for key and card. 80% cotton, 20% recycled polyester.",
    },
    variants: garment("hoodie", [BLACK], SIZES, { "black S": [0, 2], "black XL": [0, 0] }),
    price: { SEK: 59_900, EUR: 5_500, USD: 5_900 },
    earlier: { steps: [{ daysAgo: 60, percent: 110 }], todaySinceDaysAgo: 25 },
  },
  {
    ...clothes,
    id: "tank",
    art: "tank",
    pictures: [
      {
        art: "tank",
        alt: { sv: "Linne med breda armhål och en gul rand.", en: "Tank top with wide armholes and a yellow stripe." },
      },
      careLabel,
    ],
    name: { sv: "Linne", en: "Tank top" },
    summary: { sv: "Fritt över axlarna när det blir tungt.", en: "Room around the shoulders when it gets heavy." },
    description: {
      sv: "Lätt trikå av bomull och lyocell, breda armhål, lång nog att stanna nere i knäböj. Tvättas i 40 grader.",
      en: "Light jersey of cotton and lyocell, wide armholes, long enough to stay down in a squat. Wash at 40 degrees.",
    },
    variants: garment("tank", [BLACK, UNDYED, GREEN], SIZES, { "green M": [0, 3], "undyed S": [0, 0] }),
    price: { SEK: 22_900, EUR: 2_100, USD: 2_300 },
  },
  {
    ...clothes,
    id: "shorts",
    art: "shorts",
    pictures: [
      {
        art: "shorts",
        alt: {
          sv: "Träningsshorts med knytband och gul sidficka.",
          en: "Training shorts with a drawstring and a yellow side pocket.",
        },
      },
      careLabel,
    ],
    name: { sv: "Shorts", en: "Shorts" },
    summary: {
      sv: "Stretch åt alla håll, ficka som stänger.",
      en: "Stretch in every direction, a pocket that closes.",
    },
    description: {
      sv: "Fyrvägsstretch av återvunnen polyester, 17 cm innersöm, dold ficka med dragkedja. Torkar på en timme.",
      en: "Four-way stretch of recycled polyester, 17 cm inseam, hidden zipped pocket. Dries in an hour.",
    },
    variants: garment("shorts", [BLACK, GRAY], SIZES, { "gray L": [3, 1] }),
    price: { SEK: 39_900, EUR: 3_700, USD: 3_900 },
  },
  {
    ...clothes,
    id: "tights",
    art: "tights",
    pictures: [
      {
        art: "tights",
        alt: {
          sv: "Träningstights med hög midja och gul söm.",
          en: "Training tights with a high waist and a yellow seam.",
        },
      },
      careLabel,
    ],
    name: { sv: "Tights", en: "Tights" },
    summary: { sv: "Hög midja som sitter kvar i marklyft.", en: "A high waist that stays put in a deadlift." },
    description: {
      sv: "Tät väv som inte blir genomskinlig, platta sömmar, ficka på låret för telefon. 78 % återvunnen polyamid.",
      en: "Dense knit that never turns see-through, flat seams, a thigh pocket for a phone. 78% recycled polyamide.",
    },
    variants: garment("tights", [BLACK, GREEN], WIDE_SIZES, { "green XS": [1, 0] }),
    price: { SEK: 54_900, EUR: 5_000, USD: 5_400 },
    earlier: {
      steps: [
        { daysAgo: 60, percent: 100 },
        { daysAgo: 33, percent: 91 },
      ],
      todaySinceDaysAgo: 21,
    },
  },
  {
    ...clothes,
    id: "socks",
    art: "socks",
    pictures: [
      {
        art: "socks",
        alt: { sv: "Ett par tubsockor med gula ränder.", en: "A pair of tube socks with yellow stripes." },
      },
      careLabel,
    ],
    name: { sv: "Tubsockor, två par", en: "Tube socks, two pairs" },
    summary: { sv: "Vadhöga, för raka stänger mot smalbenen.", en: "Calf-high, for bars that scrape the shins." },
    description: {
      sv: "Kammad bomull med frotté under foten. Två par i varje paket. Tvättas i 60 grader.",
      en: "Combed cotton with terry under the foot. Two pairs in each pack. Wash at 60 degrees.",
    },
    variants: inForms("socks", "size", [
      { code: "36-40", name: { sv: "36–40", en: "36–40" } },
      { code: "41-45", name: { sv: "41–45", en: "41–45" } },
      { code: "46-48", name: { sv: "46–48", en: "46–48" }, stock: [4, 0] },
    ]),
    price: { SEK: 12_900, EUR: 1_200, USD: 1_300 },
  },
  {
    ...clothes,
    id: "cap",
    art: "cap",
    pictures: [{ art: "cap", alt: { sv: "Femdelad keps med gul skärm.", en: "Five-panel cap with a yellow peak." } }],
    name: { sv: "Keps", en: "Cap" },
    summary: {
      sv: "Fem paneler, en knapp, ingen logga i pannan.",
      en: "Five panels, one button, no logo on the forehead.",
    },
    description: {
      sv: "Bomullstwill med svettband och metallspänne bak. En storlek, 55–61 cm.",
      en: "Cotton twill with a sweatband and a metal clasp. One size, 55–61 cm.",
    },
    variants: inColors("cap", [BLACK, YELLOW]),
    price: { SEK: 22_900, EUR: 2_100, USD: 2_300 },
  },
];
