import { beforeEach, expect, test } from "vitest";
import { createMetrics } from "./metrics.ts";
import { poolWatch } from "./pool-watch.ts";

const metrics = createMetrics({ process: "test" });
let [now, told] = [0, [] as number[]];
let watch = poolWatch(metrics, () => {});
beforeEach(() => {
  [now, told] = [0, []];
  watch = poolWatch(
    metrics,
    (seconds) => told.push(seconds),
    () => now,
  );
});

test("three long waits within a minute are an exhausted pool, told once", () => {
  for (const seconds of [1.5, 4, 2, 3, 3]) watch.waited(seconds);
  expect(told).toEqual([4]);
  now += 6 * 60_000;
  for (const seconds of [1, 1, 1]) watch.waited(seconds);
  expect(told).toEqual([4, 1]);
});

test("short waits, however many, and rare long ones are not", () => {
  for (let n = 0; n < 100; n++) watch.waited(0.9);
  for (let n = 0; n < 10; n++) {
    watch.waited(5);
    watch.waited(5);
    now += 61_000;
  }
  expect(told).toEqual([]);
});

test("both are measured", async () => {
  watch.query(0.02);
  const text = await metrics.registry.metrics();
  expect(text).toMatch(/db_query_seconds_count\{[^}]*\} 1/);
  expect(text).toMatch(/db_pool_wait_seconds_count\{[^}]*\} [1-9]/);
});
