import { BLACK, GRAY, GREEN, inColors, inForms, single, YELLOW } from "./forms.ts";
import type { ShopItem } from "./shop-item.ts";

const goods = { kind: "merchandise", taxRateBps: 2_500, includes: [] } as const;
const equipment = { ...goods, category: "equipment" } as const;
const accessories = { ...goods, category: "accessories" } as const;
const recovery = { ...goods, category: "recovery" } as const;

export const EQUIPMENT: readonly ShopItem[] = [
  {
    ...accessories,
    id: "bottle",
    art: "bottle",
    pictures: [
      {
        art: "bottle",
        alt: { sv: "Stålflaska med gul etikett och blixt.", en: "Steel bottle with a yellow label and a bolt." },
      },
    ],
    name: { sv: "Vattenflaska", en: "Water bottle" },
    summary: { sv: "Sju deciliter, rostfritt stål.", en: "Seven tenths of a litre, stainless steel." },
    description: {
      sv: "Enkelväggigt rostfritt stål som går att diska i maskin. Korken sitter fast i flaskan.",
      en: "Single-walled stainless steel, dishwasher safe. The cap stays on the bottle.",
    },
    variants: inColors("bottle", [BLACK, YELLOW], { yellow: [0, 4] }),
    price: { SEK: 19_900, EUR: 1_800, USD: 2_000 },
  },
  {
    ...accessories,
    id: "towel",
    art: "towel",
    pictures: [
      {
        art: "towel",
        alt: { sv: "Frottéhandduk på krok, med gul rand.", en: "Terry towel on a rail, with a yellow stripe." },
      },
    ],
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
    ...accessories,
    id: "bag",
    art: "bag",
    pictures: [
      {
        art: "bag",
        alt: { sv: "Träningsväska med två handtag och gul lapp.", en: "Gym bag with two handles and a yellow patch." },
      },
    ],
    name: { sv: "Träningsväska", en: "Gym bag" },
    summary: { sv: "35 liter med eget fack för skor.", en: "35 litres with a pocket of its own for shoes." },
    description: {
      sv: "Vattenavvisande väv av återvunnen nylon, ventilerat skofack, axelrem som går att ta av.",
      en: "Water-repellent fabric of recycled nylon, ventilated shoe pocket, detachable shoulder strap.",
    },
    variants: single("bag", [400, 40]),
    price: { SEK: 44_900, EUR: 4_100, USD: 4_500 },
  },
  {
    ...equipment,
    id: "lifting-belt",
    art: "lifting-belt",
    pictures: [
      {
        art: "lifting-belt",
        alt: {
          sv: "Lyftarbälte i läder med spänne, gult foder.",
          en: "Leather lifting belt with a buckle, yellow lining.",
        },
      },
    ],
    name: { sv: "Lyftarbälte", en: "Lifting belt" },
    summary: { sv: "Tio millimeter läder att trycka emot.", en: "Ten millimetres of leather to brace against." },
    description: {
      sv: "Vegetabiliskt garvat läder, 10 cm brett hela vägen, dubbelt spänne i stål. Mjuknar med åren.",
      en: "Vegetable-tanned leather, 10 cm wide all the way, double steel buckle. Softens with the years.",
    },
    variants: inForms("lifting-belt", "size", [
      { code: "s", name: { sv: "S", en: "S" }, stock: [6, 2] },
      { code: "m", name: { sv: "M", en: "M" }, stock: [12, 3] },
      { code: "l", name: { sv: "L", en: "L" }, stock: [1, 1] },
      { code: "xl", name: { sv: "XL", en: "XL" }, stock: [0, 0] },
    ]),
    price: { SEK: 89_900, EUR: 8_200, USD: 8_900 },
  },
  {
    ...equipment,
    id: "wrist-wraps",
    art: "wrist-wraps",
    pictures: [
      {
        art: "wrist-wraps",
        alt: { sv: "Två rullade handledslindor med tumögla.", en: "Two rolled wrist wraps with thumb loops." },
      },
    ],
    name: { sv: "Handledslindor", en: "Wrist wraps" },
    summary: { sv: "Stöd i pressar, av på två sekunder.", en: "Support in presses, off in two seconds." },
    description: {
      sv: "50 cm elastisk bomull med kardborre och tumögla. Säljs parvis.",
      en: "50 cm of elastic cotton with hook-and-loop and a thumb loop. Sold in pairs.",
    },
    variants: inColors("wrist-wraps", [BLACK, YELLOW]),
    price: { SEK: 17_900, EUR: 1_600, USD: 1_800 },
  },
  {
    ...equipment,
    id: "chalk",
    art: "chalk",
    pictures: [
      {
        art: "chalk",
        alt: { sv: "En öppen kartong med ett block magnesium.", en: "An open box with a block of chalk." },
      },
    ],
    name: { sv: "Magnesium, åtta block", en: "Chalk, eight blocks" },
    summary: { sv: "Torra händer när stången vill glida.", en: "Dry hands when the bar wants to slip." },
    description: {
      sv: "Åtta block om 56 g rent magnesiumkarbonat. Räcker ungefär ett halvår för en som lyfter tre gånger i veckan.",
      en: "Eight 56 g blocks of pure magnesium carbonate. Lasts about half a year for someone lifting three times a week.",
    },
    variants: single("chalk", [90, 25]),
    price: { SEK: 11_900, EUR: 1_100, USD: 1_200 },
  },
  {
    ...equipment,
    id: "jump-rope",
    art: "jump-rope",
    pictures: [
      {
        art: "jump-rope",
        alt: { sv: "Hopprep av stålvajer med gula handtag.", en: "Steel wire jump rope with yellow handles." },
      },
    ],
    name: { sv: "Hopprep", en: "Jump rope" },
    summary: {
      sv: "Kullager i handtagen, vajer som inte trasslar.",
      en: "Ball bearings in the handles, a wire that never tangles.",
    },
    description: {
      sv: "Plastad stålvajer på tre meter som kapas efter längd, handtag i aluminium. Extra vajer ingår.",
      en: "Three metres of coated steel wire to cut to length, aluminium handles. A spare wire is included.",
    },
    variants: inColors("jump-rope", [BLACK, YELLOW]),
    price: { SEK: 24_900, EUR: 2_300, USD: 2_500 },
    earlier: {
      steps: [
        { daysAgo: 60, percent: 112 },
        { daysAgo: 28, percent: 92 },
      ],
      todaySinceDaysAgo: 9,
    },
  },
  {
    ...equipment,
    id: "bands",
    art: "bands",
    pictures: [
      { art: "bands", alt: { sv: "Tre gummiband i olika bredd.", en: "Three resistance bands of different widths." } },
    ],
    name: { sv: "Gummiband", en: "Resistance band" },
    summary: { sv: "Hjälp i chins, motstånd i allt annat.", en: "Help in pull-ups, resistance in everything else." },
    description: {
      sv: "Slinga av naturgummi i lager, en meter lång. Lätt 5–15 kg, medel 10–30 kg, tung 20–50 kg.",
      en: "Layered natural rubber loop, one metre long. Light 5–15 kg, medium 10–30 kg, heavy 20–50 kg.",
    },
    variants: inForms("bands", "resistance", [
      { code: "light", name: { sv: "Lätt", en: "Light" } },
      { code: "medium", name: { sv: "Medel", en: "Medium" } },
      { code: "heavy", name: { sv: "Tung", en: "Heavy" }, stock: [2, 0] },
    ]),
    price: { SEK: 14_900, EUR: 1_400, USD: 1_500 },
  },
  {
    ...recovery,
    id: "mat",
    art: "mat",
    pictures: [
      {
        art: "mat",
        alt: {
          sv: "En halvt utrullad träningsmatta med gul rem.",
          en: "A half-unrolled exercise mat with a yellow strap.",
        },
      },
    ],
    name: { sv: "Träningsmatta", en: "Exercise mat" },
    summary: { sv: "Åtta millimeter mellan dig och golvet.", en: "Eight millimetres between you and the floor." },
    description: {
      sv: "Naturgummi med jutebaksida, 183 × 61 cm. Bärrem ingår. Torkas av med vatten.",
      en: "Natural rubber with a jute back, 183 × 61 cm. Carrying strap included. Wipe clean with water.",
    },
    variants: inColors("mat", [GREEN, GRAY], { gray: [0, 5] }),
    price: { SEK: 49_900, EUR: 4_600, USD: 4_900 },
  },
  {
    ...recovery,
    id: "foam-roller",
    art: "foam-roller",
    pictures: [
      {
        art: "foam-roller",
        alt: { sv: "Räfflad foamroller med gul kärna.", en: "Grooved foam roller with a yellow core." },
      },
    ],
    name: { sv: "Foamroller", en: "Foam roller" },
    summary: {
      sv: "Lagom hård, för lår som gjort sitt.",
      en: "Just hard enough, for thighs that have done their work.",
    },
    description: {
      sv: "33 cm lång, 14 cm i diameter, EVA-skum på ett rör som tål 150 kg.",
      en: "33 cm long, 14 cm across, EVA foam on a tube that takes 150 kg.",
    },
    variants: single("foam-roller", [35, 6]),
    price: { SEK: 29_900, EUR: 2_700, USD: 2_900 },
    addedDaysAgo: 34,
  },
  {
    ...recovery,
    id: "massage-ball",
    art: "massage-ball",
    pictures: [
      {
        art: "massage-ball",
        alt: {
          sv: "Två massagebollar, en slät och en knottrig.",
          en: "Two massage balls, one smooth and one knobbly.",
        },
      },
    ],
    name: { sv: "Massageboll", en: "Massage ball" },
    summary: { sv: "Hittar punkten som rullen missar.", en: "Finds the spot that the roller misses." },
    description: {
      sv: "Naturgummi, 7 cm. Slät för fotvalv och nacke, knottrig för sätet.",
      en: "Natural rubber, 7 cm. Smooth for arches and neck, knobbly for glutes.",
    },
    variants: inForms("massage-ball", "surface", [
      { code: "smooth", name: { sv: "Slät", en: "Smooth" } },
      { code: "knobbly", name: { sv: "Knottrig", en: "Knobbly" } },
    ]),
    price: { SEK: 9_900, EUR: 900, USD: 1_000 },
    addedDaysAgo: 34,
  },
  {
    ...accessories,
    id: "training-log",
    art: "training-log",
    pictures: [
      {
        art: "training-log",
        alt: {
          sv: "Träningsdagbok med gult bokmärke och penna.",
          en: "Training log with a yellow bookmark and a pencil.",
        },
      },
    ],
    name: { sv: "Träningsdagbok", en: "Training log" },
    summary: { sv: "Ett år av set och reps på papper.", en: "A year of sets and reps on paper." },
    description: {
      sv: "Trådbunden, 192 sidor, ligger platt på bänken. Rutor för vikt, reps och hur det kändes.",
      en: "Thread-bound, 192 pages, lies flat on the bench. Boxes for weight, reps and how it felt.",
    },
    variants: single("training-log", [70, 15]),
    price: { SEK: 17_900, EUR: 1_600, USD: 1_800 },
    addedDaysAgo: 11,
  },
];
