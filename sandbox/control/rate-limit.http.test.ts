import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestBench, type TestBench } from "../test-bench.ts";

let bench: TestBench;
beforeAll(async () => {
  bench = await startTestBench();
});
afterAll(() => bench.close());

const limit = (perSecond: number | null) => bench.control("POST", "/_control/rate_limit", { perSecond });
const burst = () => Promise.allSettled(Array.from({ length: 12 }, () => bench.stripe.customers.list({ limit: 1 })));

it("calls are limited only when that is asked for, and then refused as the provider does", async () => {
  expect((await burst()).every((one) => one.status === "fulfilled")).toBe(true);
  expect((await limit(1)).body).toEqual({ perSecond: 1 });
  const refused = (await burst()).flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]).toMatchObject({
    type: "StripeRateLimitError",
    statusCode: 429,
    code: "rate_limit",
    headers: { "stripe-rate-limited-reason": "global-rate" },
  });
  expect((await limit(0)).status).toBe(400);
  await limit(null);
  expect((await burst()).every((one) => one.status === "fulfilled")).toBe(true);
});
