import { describe, expect, it } from "vitest";
import { creditsToTake } from "./refund-credits.ts";

const line = { credits: 100, totalAmount: 1_000 };
const state = { left: 70, held: 0, used: 30, askedBefore: 0 };

describe("what a refund would take of the credits bought", () => {
  it("is what is unused, and the used ones are named", () => {
    expect(creditsToTake(line, { before: 0, now: 1_000 }, state)).toEqual({ taken: 70, used: 30 });
  });

  it("is the share of what is paid back, unused ones first", () => {
    expect(creditsToTake(line, { before: 0, now: 500 }, state)).toEqual({ taken: 50, used: 0 });
    const half = { ...state, left: 20 };
    expect(creditsToTake(line, { before: 500, now: 500 }, half)).toEqual({ taken: 20, used: 30 });
  });

  it("comes to the whole in parts that do not come out even", () => {
    const whole = { ...state, left: 100, used: 0 };
    const parts = [0, 1, 2].map((n) => creditsToTake({ ...line, totalAmount: 3 }, { before: n, now: 1 }, whole).taken);
    expect(parts).toEqual([33, 33, 34]);
  });

  it("counts held ones, which are taken when they are let go", () => {
    const held = { left: 10, held: 60, used: 30, askedBefore: 0 };
    expect(creditsToTake(line, { before: 0, now: 1_000 }, held)).toEqual({ taken: 70, used: 30 });
  });

  it("asks for nothing used twice, and for nothing of what was free", () => {
    const asked = { left: 0, held: 0, used: 30, askedBefore: 30 };
    expect(creditsToTake(line, { before: 500, now: 500 }, asked)).toEqual({ taken: 0, used: 0 });
    expect(creditsToTake({ ...line, totalAmount: 0 }, { before: 0, now: 0 }, state)).toEqual({ taken: 0, used: 0 });
  });
});
