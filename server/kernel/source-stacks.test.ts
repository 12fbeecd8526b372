import { expect, test } from "vitest";
import { inSource } from "./source-stacks.ts";

// Line 2, column 4 of the bundle is line 3, column 2 of server/orders/place-order.ts.
const map = { sources: ["../../server/orders/place-order.ts"], mappings: ";IAEE" };
const mapOf = (url: string) => (url.endsWith("/web.js") ? map : null);

test("a frame of the bundle is told by its place in the source", () => {
  expect(inSource("placeOrder (file:///shop/build/processes/web.js:2:5)", mapOf)).toBe(
    "placeOrder (server/orders/place-order.ts:3:3)",
  );
});

test("what no map knows stays as it is", () => {
  for (const frame of ["node:internal/process/task_queues:95:5", "x (file:///shop/other.js:1:1)", "native"])
    expect(inSource(frame, mapOf)).toBe(frame);
});
