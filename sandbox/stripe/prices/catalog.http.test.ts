import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestBench, type TestBench } from "../../test-bench.ts";

let bench: TestBench;
beforeAll(async () => {
  bench = await startTestBench();
});
afterAll(() => bench.close());

describe("the seed", () => {
  it("holds the partner's campaign price for the demo membership", async () => {
    expect(await bench.stripe.prices.retrieve("price_TEST123")).toMatchObject({
      active: true,
      currency: "sek",
      unit_amount: 29_900,
      tax_behavior: "inclusive",
      product: "prod_TEST123",
      type: "recurring",
      recurring: { interval: "month", interval_count: 1, usage_type: "licensed" },
    });
    expect((await bench.stripe.products.retrieve("prod_TEST123")).name).toBe("Test Kund, kampanjpris");
  });
});

describe("products", () => {
  it("take an id of the shop's own, once", async () => {
    const product = await bench.stripe.products.create({
      id: "test-kund",
      name: "Test Kund",
      metadata: { kind: "membership" },
    });
    expect(product).toMatchObject({ id: "test-kund", active: true, metadata: { kind: "membership" }, type: "service" });
    await expect(bench.stripe.products.create({ id: "test-kund", name: "Again" })).rejects.toMatchObject({
      code: "resource_already_exists",
    });
  });

  it("can be changed, archived and listed by state", async () => {
    const made = await bench.stripe.products.create({ name: "Linne", description: "Svart" });
    const changed = await bench.stripe.products.update(made.id, {
      active: false,
      description: "",
      metadata: { a: "1" },
    });
    expect(changed).toMatchObject({ active: false, description: null, metadata: { a: "1" } });
    expect((await bench.stripe.products.list({ active: false })).data.map((one) => one.id)).toEqual([made.id]);
    await bench.receiver.until((all) => all.some(({ event }) => event.type === "product.updated"));
    const updated = bench.receiver.received.find(({ event }) => event.type === "product.updated")?.event;
    expect(updated?.data.previous_attributes).toMatchObject({
      active: true,
      description: "Svart",
      metadata: { a: null },
    });
  });
});

describe("prices", () => {
  it("are found by lookup key, and a key can move to a new price", async () => {
    const first = await bench.stripe.prices.create({
      product: "test-kund",
      currency: "SEK",
      unit_amount: 39_900,
      recurring: { interval: "month" },
      lookup_key: "tk",
      tax_behavior: "inclusive",
    });
    expect(first).toMatchObject({ currency: "sek", lookup_key: "tk", type: "recurring", billing_scheme: "per_unit" });
    await expect(
      bench.stripe.prices.create({ product: "test-kund", currency: "sek", unit_amount: 1, lookup_key: "tk" }),
    ).rejects.toMatchObject({ param: "lookup_key" });
    const second = await bench.stripe.prices.create({
      product: "test-kund",
      currency: "sek",
      unit_amount: 41_900,
      recurring: { interval: "month" },
      lookup_key: "tk",
      transfer_lookup_key: true,
    });
    expect((await bench.stripe.prices.list({ lookup_keys: ["tk", "none"] })).data.map((one) => one.id)).toEqual([
      second.id,
    ]);
    expect((await bench.stripe.prices.retrieve(first.id)).lookup_key).toBeNull();
  });

  it("are archived and taken up again", async () => {
    const price = await bench.stripe.prices.create({
      product: "test-kund",
      currency: "eur",
      unit_amount: 900,
      metadata: { a: "b" },
    });
    expect(await bench.stripe.prices.update(price.id, { active: false, metadata: { a: "", c: "d" } })).toMatchObject({
      active: false,
      metadata: { c: "d" },
    });
    expect((await bench.stripe.prices.list({ product: "test-kund", currency: "eur", active: true })).data).toEqual([]);
    expect((await bench.stripe.prices.update(price.id, { active: true })).active).toBe(true);
  });

  it("come with decimals where an amount has a fraction", async () => {
    const price = await bench.stripe.prices.create({
      product: "test-kund",
      currency: "sek",
      unit_amount_decimal: Stripe.Decimal.from("0.5"),
    });
    expect([price.unit_amount, price.unit_amount_decimal?.toString()]).toEqual([null, "0.5"]);
  });

  it("keep a tax behavior that was decided", async () => {
    const price = await bench.stripe.prices.create({
      product: "test-kund",
      currency: "sek",
      unit_amount: 100,
      tax_behavior: "inclusive",
    });
    await expect(bench.stripe.prices.update(price.id, { tax_behavior: "exclusive" })).rejects.toMatchObject({
      param: "tax_behavior",
    });
  });

  it("need a product and an amount", async () => {
    await expect(bench.stripe.prices.create({ currency: "sek", unit_amount: 1 })).rejects.toMatchObject({
      code: "parameter_missing",
    });
    await expect(bench.stripe.prices.create({ currency: "sek", product: "test-kund" })).rejects.toMatchObject({
      code: "parameter_missing",
      param: "unit_amount",
    });
    await expect(
      bench.stripe.prices.create({ currency: "sek", product: "none", unit_amount: 1 }),
    ).rejects.toMatchObject({ code: "resource_missing", param: "product" });
  });
});
