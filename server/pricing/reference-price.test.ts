import { describe, expect, it } from "vitest";
import { type PricePeriod, referencePrice } from "./lowest-price.ts";

const day = (n: number) => new Date(Date.UTC(2026, 8, 1) + n * 86_400_000);
/** From day, until day (null: still), amount in kronor, campaign. */
type Row = readonly [from: number, until: number | null, kronor: number, campaignId?: string];
const history = (rows: readonly Row[]): PricePeriod[] =>
  rows.map(([from, until, kronor, campaignId = null]) => ({
    amount: kronor * 100,
    campaignId,
    fromAt: day(from),
    untilAt: until === null ? null : day(until),
  }));

// Every figure below was worked out by hand from the rows above it. `at` is the day somebody looks.
const CASES: readonly (readonly [
  what: string,
  rows: readonly Row[],
  price: { kronor: number; campaign: string; at: number },
  kronor: number | null,
])[] = [
  [
    "the price before it",
    [
      [0, 60, 399],
      [60, null, 299, "a"],
    ],
    { kronor: 299, campaign: "a", at: 60 },
    399,
  ],
  [
    "not the days before now: the campaign itself, 50 days old, is no reference",
    [
      [0, 60, 399],
      [60, null, 299, "a"],
    ],
    { kronor: 299, campaign: "a", at: 110 },
    399,
  ],
  [
    "a lower campaign that ended 29 days before",
    [
      [0, 20, 399],
      [20, 31, 199, "a"],
      [31, 60, 399],
      [60, null, 299, "b"],
    ],
    { kronor: 299, campaign: "b", at: 61 },
    null,
  ],
  [
    "a lower campaign that ended 30 days before is forgotten",
    [
      [0, 20, 399],
      [20, 30, 199, "a"],
      [30, 60, 399],
      [60, null, 299, "b"],
    ],
    { kronor: 299, campaign: "b", at: 61 },
    399,
  ],
  [
    "a dearer campaign within the 30 days",
    [
      [0, 50, 399],
      [50, 55, 349, "a"],
      [55, 60, 399],
      [60, null, 299, "b"],
    ],
    { kronor: 299, campaign: "b", at: 60 },
    349,
  ],
  [
    "a campaign that follows another at once",
    [
      [0, 40, 399],
      [40, 60, 299, "a"],
      [60, null, 249, "b"],
    ],
    { kronor: 249, campaign: "b", at: 60 },
    299,
  ],
  [
    "a campaign that follows another at the same price is no reduction",
    [
      [0, 40, 399],
      [40, 60, 299, "a"],
      [60, null, 299, "b"],
    ],
    { kronor: 299, campaign: "b", at: 60 },
    null,
  ],
  [
    "the second step of a progressive reduction, by the first",
    [
      [0, 50, 399],
      [50, 60, 299, "a"],
      [60, null, 249, "a"],
    ],
    { kronor: 249, campaign: "a", at: 65 },
    299,
  ],
  [
    "the third step, by the second, whatever it was before",
    [
      [0, 50, 399],
      [50, 55, 299, "a"],
      [55, 60, 249, "a"],
      [60, null, 199, "a"],
    ],
    { kronor: 199, campaign: "a", at: 60 },
    249,
  ],
  [
    "a step back up is no reduction",
    [
      [0, 50, 399],
      [50, 60, 249, "a"],
      [60, null, 299, "a"],
    ],
    { kronor: 299, campaign: "a", at: 60 },
    null,
  ],
  [
    "a product younger than 30 days",
    [
      [52, 60, 399],
      [60, null, 299, "a"],
    ],
    { kronor: 299, campaign: "a", at: 60 },
    399,
  ],
  ["a product that was born with its campaign", [[60, null, 299, "a"]], { kronor: 299, campaign: "a", at: 60 }, null],
  [
    "a product that was not on sale for the 30 days before",
    [
      [0, 20, 399],
      [60, null, 299, "a"],
    ],
    { kronor: 299, campaign: "a", at: 60 },
    null,
  ],
  [
    "a default price that was raised ten days before does not make the reduction larger",
    [
      [0, 50, 349],
      [50, 60, 449],
      [60, null, 299, "a"],
    ],
    { kronor: 299, campaign: "a", at: 60 },
    349,
  ],
  [
    "a default price that was lowered within the campaign's price",
    [
      [0, 45, 399],
      [45, 60, 299],
      [60, null, 299, "a"],
    ],
    { kronor: 299, campaign: "a", at: 60 },
    null,
  ],
  [
    "a campaign that begins this very moment and is not in the history yet",
    [[0, null, 399]],
    { kronor: 299, campaign: "a", at: 60 },
    399,
  ],
  [
    "a campaign that was paused for a week, by its own price before",
    [
      [0, 40, 399],
      [40, 50, 299, "a"],
      [50, 57, 399],
      [57, null, 299, "a"],
    ],
    { kronor: 299, campaign: "a", at: 58 },
    null,
  ],
];

describe("the reference price (figures by hand)", () => {
  it.each(CASES)("%s", (_what, rows, { kronor, campaign, at }, expected) => {
    const price = { amount: kronor * 100, campaignId: campaign };
    expect(referencePrice(history(rows), price, day(at))).toBe(expected === null ? null : expected * 100);
    expect(referencePrice(history(rows).toReversed(), price, day(at))).toBe(expected === null ? null : expected * 100);
  });
});
