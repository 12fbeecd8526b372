import { describe, expect, it } from "vitest";
import { planRefund, type RefundableLine } from "./refund-plan.ts";

const shirt: RefundableLine = {
  id: "shirt",
  quantity: 3,
  unitAmount: 10_000,
  totalAmount: 30_000,
  refundedQuantity: 0,
  refundedAmount: 0,
};
const bottle = { ...shirt, id: "bottle", quantity: 1, totalAmount: 10_000 };

describe("a refund that staff plan", () => {
  it("gives back what the pieces cost", () => {
    expect(planRefund([{ orderLineId: "shirt", quantity: 2 }], [shirt, bottle], 40_000)).toEqual({
      amount: 20_000,
      lines: [{ orderLineId: "shirt", quantity: 2, amount: 20_000 }],
      left: 40_000,
      problem: null,
    });
  });
  it("without a line is everything that is left of the payment", () => {
    const partly = { ...shirt, refundedQuantity: 1, refundedAmount: 10_000 };
    expect(planRefund([], [partly, bottle], 30_000)).toMatchObject({
      amount: 30_000,
      lines: [
        { orderLineId: "shirt", quantity: 2, amount: 20_000 },
        { orderLineId: "bottle", quantity: 1, amount: 10_000 },
      ],
    });
  });
  it.each([
    ["more pieces than were bought", [{ orderLineId: "shirt", quantity: 4 }], [shirt], 30_000],
    ["a piece twice", [{ orderLineId: "shirt", quantity: 3 }], [{ ...shirt, refundedQuantity: 1 }], 30_000],
    ["a line of another order", [{ orderLineId: "other", quantity: 1 }], [shirt], 30_000],
    ["more than the payment has", [{ orderLineId: "shirt", quantity: 3 }], [shirt], 29_999],
  ])("refuses %s", (_, wish, lines, left) => expect(planRefund(wish, lines, left).problem).toBe("more_than_left"));
  it("has nothing to give when nothing is left", () => {
    expect(planRefund([], [shirt], 0).problem).toBe("nothing_left");
  });
});
