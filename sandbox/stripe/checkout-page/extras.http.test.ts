import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { goodCard, postForm, startTestBench, submitCheckout, type TestBench } from "../../test-bench.ts";

let bench: TestBench;
beforeAll(async () => {
  bench = await startTestBench();
});
afterAll(() => bench.close());

const address = {
  shippingName: "Ada Lovelace",
  shippingLine1: "Storgatan 1",
  shippingPostalCode: "211 19",
  shippingCity: "Malmö",
  shippingCountry: "SE",
};
const page = async (id: string, language = "en") =>
  (await fetch(`${bench.sandbox.url}/c/pay/${id}`, { headers: { "Accept-Language": language } })).text();
const reload = (id: string, expand: string[] = []) => bench.stripe.checkout.sessions.retrieve(id, { expand });

function checkout(given: Partial<Stripe.Checkout.SessionCreateParams> = {}) {
  return bench.stripe.checkout.sessions.create({
    mode: "payment",
    success_url: "http://shop.test/ok",
    line_items: [{ price_data: { currency: "sek", unit_amount: 10_000, product_data: { name: "Bok" } }, quantity: 1 }],
    ...given,
  });
}
const way = (display_name: string, amount: number): Stripe.Checkout.SessionCreateParams.ShippingOption => ({
  shipping_rate_data: {
    display_name,
    type: "fixed_amount",
    fixed_amount: { amount, currency: "sek" },
    delivery_estimate: { minimum: { unit: "business_day", value: 2 }, maximum: { unit: "business_day", value: 3 } },
  },
});

describe("a checkout that sends something", () => {
  it("counts the chosen way of sending in, and never charges a total that was not shown", async () => {
    const { id, ...made } = await checkout({
      shipping_address_collection: { allowed_countries: ["SE"] },
      shipping_options: [way("Ombud", 4_900), way("Hemleverans", 9_900)],
    });
    expect(made).toMatchObject({
      amount_subtotal: 10_000,
      amount_total: 14_900,
      shipping_cost: { amount_total: 4_900 },
      total_details: { amount_shipping: 4_900 },
    });
    const shown = await page(id, "sv");
    expect(shown).toContain("Leveranssätt");
    expect(shown).toContain("2–3 arbetsdagar");
    const home = made.shipping_options[1]?.shipping_rate as string;
    const first = await submitCheckout(bench, id, { ...address, shippingRate: home });
    expect(first.status).toBe(200);
    expect(first.text).toContain("The total has changed with the shipping method.");
    expect(first.text).toContain("Storgatan 1");
    expect(await reload(id)).toMatchObject({ status: "open", amount_total: 19_900 });
    expect((await submitCheckout(bench, id, { ...address, shippingRate: home })).status).toBe(303);
    const done = await reload(id, ["payment_intent", "shipping_cost.shipping_rate"]);
    expect(done).toMatchObject({
      amount_total: 19_900,
      payment_intent: { amount_received: 19_900 },
      collected_information: { shipping_details: { address: { city: "Malmö" } } },
      shipping_cost: { amount_total: 9_900, shipping_rate: { display_name: "Hemleverans" } },
    });
  });

  it("refuses what the provider refuses", async () => {
    const rate = await bench.stripe.shippingRates.create({
      display_name: "Post",
      type: "fixed_amount",
      fixed_amount: { amount: 500, currency: "eur" },
    });
    await expect(checkout({ shipping_options: [{ shipping_rate: rate.id }] })).rejects.toMatchObject({
      param: "shipping_options[0]",
    });
    await expect(checkout({ shipping_options: [{ shipping_rate: "shr_none" }] })).rejects.toMatchObject({
      message: "No such shipping rate: 'shr_none'",
      param: "shipping_options[0][shipping_rate]",
    });
    await bench.stripe.shippingRates.update(rate.id, { active: false });
    await expect(checkout({ shipping_options: [{ shipping_rate: rate.id }] })).rejects.toMatchObject({
      message: expect.stringContaining("archived"),
    });
    await expect(bench.stripe.shippingRates.create({ display_name: "Post" })).rejects.toMatchObject({
      param: "fixed_amount",
    });
  });
});

describe("a checkout with questions of the shop's own", () => {
  const fields: Stripe.Checkout.SessionCreateParams.CustomField[] = [
    {
      key: "size",
      label: { type: "custom", custom: "Storlek" },
      type: "dropdown",
      dropdown: {
        options: [
          { label: "Liten", value: "s" },
          { label: "Stor", value: "l" },
        ],
      },
    },
    {
      key: "member",
      label: { type: "custom", custom: "Medlemsnummer" },
      type: "numeric",
      optional: true,
      numeric: { minimum_length: 3, maximum_length: 6 },
    },
    {
      key: "greeting",
      label: { type: "custom", custom: "Hälsning" },
      type: "text",
      optional: true,
      text: { default_value: "Hej" },
    },
  ];

  it("keeps the answers on the session, and says what is wrong with one", async () => {
    const { id, custom_fields } = await checkout({
      custom_fields: fields,
      custom_text: { submit: { message: "Böckerna skickas på måndag." } },
    });
    expect(custom_fields.map((one) => one.key)).toEqual(["size", "member", "greeting"]);
    const shown = await page(id);
    expect(shown).toContain("Storlek");
    expect(shown).toContain('value="Hej"');
    expect(shown).toContain("Böckerna skickas på måndag.");
    const wrong = await submitCheckout(bench, id, { "custom.size": "xl", "custom.member": "12a" });
    expect(wrong.text).toContain("Choose one of the options.");
    expect(wrong.text).toContain("Use digits only.");
    expect((await submitCheckout(bench, id, { "custom.member": "12" })).text).toContain("This is too short.");
    expect((await submitCheckout(bench, id, { "custom.size": "l", "custom.member": "" })).status).toBe(303);
    const done = await reload(id);
    expect(done.custom_fields.map((one) => (one.dropdown ?? one.numeric ?? one.text)?.value)).toEqual([
      "l",
      null,
      null,
    ]);
  });

  it("takes three at most, with keys and options that can be told apart", async () => {
    const [first, second] = fields as [(typeof fields)[number], (typeof fields)[number]];
    await expect(checkout({ custom_fields: [...fields, { ...second, key: "four" }] })).rejects.toMatchObject({
      param: "custom_fields",
    });
    await expect(checkout({ custom_fields: [first, { ...second, key: "size" }] })).rejects.toMatchObject({
      param: "custom_fields",
    });
    await expect(checkout({ custom_fields: [{ ...second, key: "no spaces" }] })).rejects.toMatchObject({
      param: "custom_fields[0][key]",
    });
    await expect(checkout({ custom_fields: [{ ...first, dropdown: { options: [] } }] })).rejects.toThrow();
  });
});

describe("a checkout that can be recovered", () => {
  it("tells the way back when it expires; whoever takes it pays a further session", async () => {
    const { id } = await checkout({ after_expiration: { recovery: { enabled: true, allow_promotion_codes: true } } });
    const expired = await bench.stripe.checkout.sessions.expire(id);
    const url = expired.after_expiration?.recovery?.url ?? "";
    expect(url).toContain(`/c/recover/${id}`);
    const told = (await bench.stripe.events.list({ type: "checkout.session.expired" })).data[0];
    expect(told?.data.object).toMatchObject({ id, after_expiration: { recovery: { enabled: true, url } } });
    const visit = () => fetch(url.replace("localhost", "127.0.0.1"), { redirect: "manual" });
    const again = ((await visit()).headers.get("location") ?? "").split("/").at(-1) ?? "";
    expect(((await visit()).headers.get("location") ?? "").endsWith(again)).toBe(true);
    expect(await reload(again)).toMatchObject({ recovered_from: id, status: "open", allow_promotion_codes: true });
    await postForm(`${bench.sandbox.url}/c/pay/${again}`, goodCard);
    expect(await reload(again, ["payment_intent"])).toMatchObject({
      status: "complete",
      payment_intent: { amount_received: 10_000 },
    });
    expect((await reload(id)).status).toBe("expired");
    const plain = await checkout();
    const over = await bench.stripe.checkout.sessions.expire(plain.id);
    expect(over.after_expiration).toBeNull();
    expect((await fetch(`${bench.sandbox.url}/c/recover/${plain.id}`)).status).toBe(200);
  });
});
