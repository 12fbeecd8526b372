import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestBench, type TestBench } from "../../test-bench.ts";
import { goods, membership, type SessionParams } from "./test-offers.ts";

let bench: TestBench;
beforeAll(async () => {
  bench = await startTestBench();
});
afterAll(() => bench.close());

const open = (params: SessionParams) => bench.stripe.checkout.sessions.create(params);

describe("what a session may sell", () => {
  it.each<[string, SessionParams, string]>([
    [
      "no renewing price in payment mode",
      { ...goods, line_items: [{ price: "price_TEST123", quantity: 1 }] },
      "You specified `payment` mode but passed a recurring price.",
    ],
    [
      "a renewing price in subscription mode",
      { ...membership, line_items: goods.line_items },
      "You must provide at least one recurring price in `subscription` mode",
    ],
    ["a quantity", { ...membership, line_items: [{ price: "price_TEST123" }] }, "Quantity is required."],
    [
      "no less than the least charge",
      {
        ...goods,
        line_items: [{ price_data: { currency: "sek", unit_amount: 100, product_data: { name: "x" } }, quantity: 1 }],
      },
      "must add up to at least SEK 3.00",
    ],
    [
      "no more than the most",
      {
        ...goods,
        line_items: [
          { price_data: { currency: "sek", unit_amount: 99_999_999, product_data: { name: "x" } }, quantity: 2 },
        ],
      },
      "must be no more than SEK 999,999.99",
    ],
    [
      "one currency",
      {
        ...goods,
        line_items: [
          ...(goods.line_items ?? []),
          { price_data: { currency: "eur", unit_amount: 900, product_data: { name: "x" } }, quantity: 1 },
        ],
      },
      "currencies that do not match",
    ],
    ["a success address", { ...goods, success_url: undefined }, "Missing required param: success_url."],
    [
      "one way to name the customer",
      { ...goods, customer: "cus_x", customer_email: "a@b.se" },
      "You may only specify one of these parameters: customer, customer_email.",
    ],
  ])("is checked: %s", async (_name, params, message) => {
    await expect(open(params)).rejects.toMatchObject({ statusCode: 400, message: expect.stringContaining(message) });
  });

  it("leaves nothing behind when it is refused", async () => {
    const before = (await bench.stripe.products.list({ limit: 100 })).data.length;
    await expect(
      open({ ...goods, line_items: [...(goods.line_items ?? []), { price: "none", quantity: 1 }] }),
    ).rejects.toMatchObject({ code: "resource_missing" });
    expect((await bench.stripe.products.list({ limit: 100 })).data).toHaveLength(before);
  });

  it("must be for sale", async () => {
    const price = await bench.stripe.prices.create({
      product: "prod_TEST123",
      currency: "sek",
      unit_amount: 900,
      active: false,
    });
    await expect(open({ ...goods, line_items: [{ price: price.id, quantity: 1 }] })).rejects.toMatchObject({
      message: expect.stringContaining("The price specified is inactive."),
    });
  });
});
