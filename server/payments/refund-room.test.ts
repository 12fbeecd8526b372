import { describe, expect, it } from "vitest";
import { refundRoom } from "./refund-room.ts";

describe("how much may still be paid back", () => {
  it.each([
    ["nothing was", { paid: 29_900, refundedAtProvider: 0, committed: 0 }, 29_900],
    ["one of ours is under way", { paid: 29_900, refundedAtProvider: 0, committed: 9_900 }, 20_000],
    ["ours has arrived and is counted once", { paid: 29_900, refundedAtProvider: 9_900, committed: 9_900 }, 20_000],
    ["somebody did it at the provider", { paid: 29_900, refundedAtProvider: 29_900, committed: 0 }, 0],
    ["more than was paid is never negative", { paid: 100, refundedAtProvider: 200, committed: 0 }, 0],
  ])("%s", (_, facts, left) => expect(refundRoom(facts)).toBe(left));
});
