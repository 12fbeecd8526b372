import { describe, expect, it } from "vitest";
import { nameProblem, percentile } from "./names-and-sizes.ts";

describe("names", () => {
  it.each([
    "server/orders/place-order.ts",
    "server/orders/place-order.db.test.ts",
    "server/kernel/money.ts",
    "app/routes/account.orders.$id.tsx",
    "app/entry.client.tsx",
    "drizzle/schema/index.ts",
  ])("%s is fine", (path) => expect(nameProblem(path)).toBeNull());

  it.each([
    "server/utils/money.ts",
    "server/orders/helpers.ts",
    "server/orders/order.service/common.ts",
    "server/orders/v2/place-order.ts",
    "server/orders/placeOrder.ts",
    "app/ui/Button.tsx",
  ])("%s is not", (path) => expect(nameProblem(path)).toContain(path));
});

it("the 95th percentile is the file that one in twenty exceeds", () => {
  const sizes = Array.from({ length: 100 }, (_, index) => index + 1);
  expect(percentile(sizes, 0.95)).toBe(96);
  expect(percentile(sizes, 0.5)).toBe(51);
  expect(percentile([], 0.5)).toBe(0);
});
