import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { beginAnew } from "./begin-anew.ts";

// Other files run in the same process: their time goes on.
beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] }));
afterEach(() => void vi.useRealTimers());

/** A shop whose payment page is closed after so many looks. */
function shop(closedAfter: number) {
  const abandon = vi.fn(async () => {});
  const status = vi.fn(async () => ({ url: status.mock.calls.length > closedAfter ? null : "https://pay.example" }));
  return { abandon, status, context: { caller: { checkout: { abandon, status } } } as never };
}

test("what follows waits until the payment page is closed", async () => {
  const { abandon, status, context } = shop(3);
  const done = beginAnew(context, "ref-of-the-page");
  await vi.runAllTimersAsync();
  await done;
  expect(abandon).toHaveBeenCalledExactlyOnceWith({ ref: "ref-of-the-page" });
  expect(status).toHaveBeenCalledTimes(4);
  expect(abandon.mock.invocationCallOrder[0]).toBeLessThan(status.mock.invocationCallOrder[0] ?? 0);
});

test("but no longer than three seconds: then the page is still there, and is shown as that", async () => {
  const { context } = shop(Number.POSITIVE_INFINITY);
  const begun = Date.now();
  const done = beginAnew(context, "ref-of-the-page");
  await vi.runAllTimersAsync();
  await done;
  expect(Date.now() - begun).toBe(3_000);
});
