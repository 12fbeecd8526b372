import { expect, it } from "vitest";
import { refundShares } from "./refund-shares.ts";

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
