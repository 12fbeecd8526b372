import { describe, expect, it } from "vitest";
import { namedShares, refundShares } from "./refund-shares.ts";

it.each([
  ["one payment has it all", 500, [{ paymentId: "a", left: 900 }], [{ paymentId: "a", amount: 500 }]],
  [
    "the newest first, the rest from the one before",
    1_200,
    [
      { paymentId: "new", left: 900 },
      { paymentId: "old", left: 900 },
    ],
    [
      { paymentId: "new", amount: 900 },
      { paymentId: "old", amount: 300 },
    ],
  ],
  ["together they do not have it", 1_000, [{ paymentId: "a", left: 900 }], null],
  ["nothing is owed", 0, [{ paymentId: "a", left: 900 }], []],
])("%s", (_, sum, payments, shares) => expect(refundShares(sum, payments)).toEqual(shares));

describe("the lines that refunds from several payments carry", () => {
  const parts = [
    { orderLineId: "bag", quantity: 1, amount: 700 },
    { orderLineId: "towel", quantity: 2, amount: 500 },
  ];

  it("are named where their money comes from, their pieces once", () => {
    const shares = [
      { paymentId: "new", amount: 900 },
      { paymentId: "old", amount: 300 },
    ];
    expect(namedShares(shares, parts)).toEqual([
      {
        paymentId: "new",
        amount: 900,
        lines: [
          { orderLineId: "bag", quantity: 1, amount: 700 },
          { orderLineId: "towel", quantity: 2, amount: 200 },
        ],
      },
      { paymentId: "old", amount: 300, lines: [{ orderLineId: "towel", quantity: 0, amount: 300 }] },
    ]);
  });

  it("never carry more than the share, nor what is not left of a line", () => {
    const [share] = namedShares(
      [{ paymentId: "new", amount: 600 }],
      [{ orderLineId: "bag", quantity: 1, amount: 500 }],
    );
    expect(share?.lines).toEqual([{ orderLineId: "bag", quantity: 1, amount: 500 }]);
  });
});
