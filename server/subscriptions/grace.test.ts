import fc from "fast-check";
import { expect, test } from "vitest";
import { graceOf } from "./grace.ts";
import { subscriptionMachine } from "./subscription-status.ts";

const DAY = 86_400_000;
const began = new Date("2026-12-20T09:00:00Z");
const day = (n: number) => new Date(began.getTime() + n * DAY);

test("grace is counted from the first missing payment, whatever is tried and missed after it", () => {
  const first = graceOf("past_due", null, 14, began);
  expect(first).toEqual({ overdueSince: began, graceEndsAt: day(14), graceDueAt: day(14) });
  expect(graceOf("past_due", first, 14, day(3))).toEqual(first);
  expect(graceOf("unpaid", first, 14, day(10))).toEqual(first);
  const over = { ...first, graceDueAt: null };
  expect(graceOf("past_due", over, 14, day(20))).toEqual(over);
});

test("a payment takes it away, and the next miss begins anew", () => {
  const first = graceOf("past_due", null, 14, began);
  const none = graceOf("active", first, 14, day(5));
  expect(none).toEqual({ overdueSince: null, graceEndsAt: null, graceDueAt: null });
  expect(graceOf("past_due", none, 7, day(30))).toMatchObject({ overdueSince: day(30), graceEndsAt: day(37) });
});

test("no grace is over at once", () => {
  expect(graceOf("past_due", null, 0, began)).toMatchObject({ graceEndsAt: began });
});

test("in any life, an unbroken row of missing payments has one end", () => {
  const step = fc.record({
    status: fc.constantFrom(...subscriptionMachine.states),
    days: fc.integer({ min: 0, max: 40 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), fc.integer({ min: 0, max: 90 }), (steps, graceDays) => {
      let now = began.getTime();
      let grace: ReturnType<typeof graceOf> | null = null;
      for (const { status, days } of steps) {
        now += days * DAY;
        const before: ReturnType<typeof graceOf> | null = grace;
        grace = graceOf(status, grace, graceDays, new Date(now));
        const missing = status === "past_due" || status === "unpaid";
        expect(grace.graceEndsAt !== null).toBe(missing);
        if (missing && before?.graceEndsAt) expect(grace.graceEndsAt).toEqual(before.graceEndsAt);
      }
    }),
  );
});
