import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestBench, type TestBench } from "../../test-bench.ts";

let bench: TestBench;
beforeAll(async () => {
  bench = await startTestBench();
});
afterAll(() => bench.close());

describe("searching", () => {
  it("answers page by page, newest first, each object once", async () => {
    const { stripe } = bench;
    for (let index = 0; index < 7; index += 1)
      await stripe.customers.create({ name: `Ada ${index}`, metadata: { even: String(index % 2 === 0) } });
    const query = "metadata['even']:'true'";
    const first = await stripe.customers.search({ query, limit: 3 });
    expect([first.data.length, first.has_more, typeof first.next_page]).toEqual([3, true, "string"]);
    const second = await stripe.customers.search({ query, limit: 3, page: first.next_page ?? "" });
    expect([second.data.length, second.has_more, second.next_page]).toEqual([1, false, null]);
    const names = [...first.data, ...second.data].map((one) => one.name);
    expect(names).toEqual(["Ada 6", "Ada 4", "Ada 2", "Ada 0"]);
    const counted = await stripe.customers.search({ query, limit: 1, expand: ["total_count", "data.tax_ids"] });
    expect([counted.total_count, counted.data[0]?.tax_ids?.data]).toEqual([4, []]);
    const all: string[] = [];
    for await (const one of stripe.customers.search({ query, limit: 2 })) all.push(one.name ?? "");
    expect(all).toEqual(names);
  });

  it("finds payments by amount and subscriptions by status, and refuses what it cannot read", async () => {
    const { stripe } = bench;
    await stripe.paymentIntents.create({ amount: 12_345, currency: "sek" });
    const found = await stripe.paymentIntents.search({ query: 'amount>12344 AND currency:"sek"' });
    expect(found.data.map((one) => one.amount)).toEqual([12_345]);
    expect((await stripe.subscriptions.search({ query: 'status:"active"' })).data).toEqual([]);
    await expect(stripe.customers.search({ query: "x" })).rejects.toMatchObject({ statusCode: 400, param: "query" });
    await expect(stripe.customers.search({ query: "created>1", page: "no" })).rejects.toMatchObject({ param: "page" });
    await expect(stripe.rawRequest("GET", "/v1/customers/search")).rejects.toMatchObject({
      code: "parameter_missing",
      param: "query",
    });
  });
});
