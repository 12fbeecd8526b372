import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { postForm } from "../../test-bench.ts";
import { type PortalStory, pageAt as page, portalStory } from "./test-visit.ts";

let story: PortalStory["story"];
let subscription: PortalStory["subscription"];
let open: PortalStory["open"];
let reload: PortalStory["reload"];
beforeEach(async () => {
  ({ story, subscription, open, reload } = await portalStory());
});
afterEach(() => story.close());

describe("the customer portal", () => {
  it("shows plan, card and invoices in the visitor's language, for an hour", async () => {
    const { url } = await open();
    expect(await page(url)).toContain("Renews on 1 May 2027.");
    const swedish = await page(url, "sv-SE,sv");
    expect(swedish).toContain("Förnyas den 1 maj 2027.");
    expect(swedish).toContain('<html lang="sv">');
    expect(swedish).toContain("Visa •••• 4242");
    expect(swedish).toMatch(/299,00\skr/);
    expect(await page((await open({ locale: "sv" })).url)).toContain("Fakturor");
    await story.advance("PT2H");
    expect((await fetch(url)).status).toBe(404);
  });

  it("cancels with a reason, and takes it back", async () => {
    const { url } = await open();
    await postForm(url, { do: "cancel", feedback: "too_expensive", comment: "flyttar" });
    expect(await reload()).toMatchObject({
      status: "active",
      cancel_at_period_end: true,
      cancellation_details: { feedback: "too_expensive", comment: "flyttar", reason: "cancellation_requested" },
    });
    expect(await page(url)).toContain("Ends on 1 May 2027.");
    await postForm(url, { do: "keep" });
    expect(await reload()).toMatchObject({ cancel_at_period_end: false, cancel_at: null });
  });

  it("offers the plans it was given, shows the price first, and changes to one", async () => {
    const large = await story.stripe.prices.create({
      product: "prod_TEST123",
      currency: "sek",
      unit_amount: 59_900,
      recurring: { interval: "month" },
    });
    const configuration = await story.stripe.billingPortal.configurations.create({
      features: {
        subscription_update: {
          enabled: true,
          default_allowed_updates: ["price"],
          proration_behavior: "always_invoice",
          products: [{ product: "prod_TEST123", prices: [large.id] }],
        },
      },
    });
    const { url } = await open({ configuration: configuration.id });
    await story.goTo("2027-04-16T00:00:00Z");
    const fresh = (await open({ configuration: configuration.id })).url;
    expect((await fetch(url)).status).toBe(404);
    // Half of 599 is 299.50, half of 299 is 149.50: 150 kr to pay.
    const preview = await page(`${fresh}?price=${large.id}`);
    expect(preview).toMatch(/Due now: SEK\s150\.00/);
    // What is paid now is not on the next invoice again.
    expect(preview).toMatch(/Then SEK\s599\.00/);
    expect((await reload()).items.data[0]?.price.id).toBe("price_TEST123");
    await postForm(fresh, { do: "switch", price: large.id });
    expect((await reload()).items.data[0]?.price.id).toBe(large.id);
    const [invoice] = await story.stripe.invoices
      .list({ subscription: subscription.id, limit: 1 })
      .then((one) => one.data);
    expect(invoice).toMatchObject({ total: 15_000, status: "paid" });
    // What is not offered cannot be had: no cancelling here, and no other price.
    await postForm(fresh, { do: "cancel" });
    await postForm(fresh, { do: "switch", price: "price_TEST123" });
    expect(await reload()).toMatchObject({ cancel_at: null, items: { data: [{ price: { id: large.id } }] } });
  });

  it("adds a card that is used from then on, and removes the old one", async () => {
    const { url } = await open();
    const customer = subscription.customer as string;
    const before = (await story.stripe.paymentMethods.list({ customer })).data[0]?.id ?? "";
    expect((await postForm(url, { do: "add", number: "1234", expiry: "12 / 34", cvc: "123" })).text).toContain(
      "cannot be used",
    );
    const swedish = (await open({ locale: "sv" })).url;
    const refused = { do: "add", number: "4000 0000 0000 0002", expiry: "12 / 34", cvc: "123" };
    expect((await postForm(swedish, refused)).text).toContain("Kortet nekades.");
    await postForm(url, { do: "add", number: "5555 5555 5555 4444", expiry: "12 / 34", cvc: "123" });
    await postForm(url, { do: "remove", card: before });
    const { data } = await story.stripe.paymentMethods.list({ customer });
    expect(data).toMatchObject([{ card: { brand: "mastercard" } }]);
    expect(await story.stripe.customers.retrieve(customer)).toMatchObject({
      invoice_settings: { default_payment_method: data[0]?.id },
    });
  });

  it("touches nothing of another customer", async () => {
    const other = await story.customer();
    const { url } = await open();
    await postForm(url, { do: "remove", card: other.invoice_settings.default_payment_method as string });
    expect((await story.stripe.paymentMethods.list({ customer: other.id })).data).toHaveLength(1);
  });
});

describe("a deep link", () => {
  const offering = async () => {
    const coupon = await story.stripe.coupons.create({ percent_off: 20, duration: "repeating", duration_in_months: 3 });
    return open({
      flow_data: {
        type: "subscription_cancel",
        subscription_cancel: {
          subscription: subscription.id,
          retention: { type: "coupon_offer", coupon_offer: { coupon: coupon.id } },
        },
        after_completion: { type: "redirect", redirect: { return_url: "http://shop.test/stayed" } },
      },
    });
  };

  it("leads to canceling with an offer to stay, which is taken", async () => {
    const session = await offering();
    expect(session.flow).toMatchObject({
      type: "subscription_cancel",
      subscription_cancel: { subscription: subscription.id },
    });
    const text = await page(session.url);
    expect(text).toContain("Stay, and get 20% off for 3 months.");
    expect(text).not.toContain("Add a card");
    expect(await postForm(session.url, { do: "stay" })).toMatchObject({
      status: 303,
      location: "http://shop.test/stayed",
    });
    expect(await reload()).toMatchObject({ cancel_at_period_end: false, discounts: [expect.any(String)] });
  });

  it("confirms a plan with the figures of the preview, and says so", async () => {
    const yearly = await story.stripe.prices.create({
      product: "prod_TEST123",
      currency: "sek",
      unit_amount: 299_000,
      recurring: { interval: "year" },
    });
    const item = subscription.items.data[0]?.id ?? "";
    const { url } = await open({
      flow_data: {
        type: "subscription_update_confirm",
        subscription_update_confirm: { subscription: subscription.id, items: [{ id: item, price: yearly.id }] },
        after_completion: {
          type: "hosted_confirmation",
          hosted_confirmation: { custom_message: "Welcome to the year." },
        },
      },
    });
    expect(await page(url)).toMatch(/Due now: SEK\s2,990\.00/);
    expect((await postForm(url, { do: "switch" })).text).toContain("Welcome to the year.");
    expect((await reload()).items.data[0]?.price.id).toBe(yearly.id);
  });

  it("must be about a subscription of the customer's", async () => {
    const flow_data = { type: "subscription_pause", subscription_pause: { subscription: "sub_none" } } as const;
    await expect(open({ flow_data })).rejects.toMatchObject({
      code: "resource_missing",
      param: "flow_data[subscription_pause][subscription]",
    });
  });
});
