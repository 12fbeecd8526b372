import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestBench, stripeClient, type TestBench } from "../test-bench.ts";

let bench: TestBench;
beforeAll(async () => {
  bench = await startTestBench();
});
afterAll(() => bench.close());

describe("faults of calls", () => {
  it("before the effect change nothing, and the client's retry succeeds once", async () => {
    await bench.control("POST", "/_control/faults", {
      calls: [{ kind: "error", status: 503, path: "/v1/products", when: "before" }],
    });
    const product = await stripeClient(bench.sandbox.port, { retries: 2 }).products.create({ name: "Retried" });
    expect(
      (await bench.stripe.products.list({ limit: 100 })).data
        .filter((one) => one.name === "Retried")
        .map((one) => one.id),
    ).toEqual([product.id]);
  });

  it.each(["error", "reset"] as const)("after the effect (%s) are healed by the same key", async (kind) => {
    await bench.control("POST", "/_control/faults", { calls: [{ kind, path: "/v1/products", when: "after" }] });
    const product = await stripeClient(bench.sandbox.port, { retries: 2 }).products.create({ name: `After ${kind}` });
    expect(
      (await bench.stripe.products.list({ limit: 100 })).data
        .filter((one) => one.name === `After ${kind}`)
        .map((one) => one.id),
    ).toEqual([product.id]);
  });

  it("that leave a call without an answer still may have had their effect", async () => {
    await bench.control("POST", "/_control/faults", {
      calls: [{ kind: "timeout", path: "/v1/products", when: "after" }],
    });
    const hasty = stripeClient(bench.sandbox.port, { timeout: 150 });
    await expect(hasty.products.create({ name: "Silent" })).rejects.toMatchObject({ type: "StripeConnectionError" });
    expect((await bench.stripe.products.list({ limit: 100 })).data.some((one) => one.name === "Silent")).toBe(true);
  });
});
