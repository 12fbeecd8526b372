import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { postForm } from "../../test-bench.ts";
import { type BillingStory, billingStory } from "../billing/test-story.ts";

let story: BillingStory;
let subscription: Stripe.Subscription;
beforeEach(async () => {
  story = await billingStory();
  await story.goTo("2027-04-01T00:00:00Z");
  subscription = await story.subscribe({ items: [{ price: "price_TEST123" }] });
});
afterEach(() => story.close());

const open = async (params: Partial<Stripe.BillingPortal.SessionCreateParams> = {}) =>
  story.stripe.billingPortal.sessions.create({
    customer: subscription.customer as string,
    return_url: "http://shop.test/account",
    ...params,
  });
const page = async (url: string, language = "en") =>
  (await fetch(url, { headers: { "Accept-Language": language } })).text();
const reload = () => story.stripe.subscriptions.retrieve(subscription.id);

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
    expect(text).toContain("Stay, and get 20 % off for 3 months.");
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

describe("a configuration that allows it", () => {
  const configured = async () => {
    const configuration = await story.stripe.billingPortal.configurations.create({
      features: {
        customer_update: { enabled: true, allowed_updates: ["name", "address"] },
        subscription_pause: { enabled: true, duration: { type: "indefinite" } },
        subscription_update: {
          enabled: true,
          default_allowed_updates: ["price", "quantity"],
          proration_behavior: "always_invoice",
          products: [
            {
              product: "prod_TEST123",
              prices: ["price_TEST123"],
              adjustable_quantity: { enabled: true, minimum: 1, maximum: 4 },
            },
          ],
        },
      },
    });
    return open({ configuration: configuration.id });
  };

  it("lets the quantity be changed within its bounds, at the price that the API previews", async () => {
    const { url } = await configured();
    const preview = await story.stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: {
        items: [{ id: subscription.items.data[0]?.id ?? "", price: "price_TEST123", quantity: 3 }],
        proration_behavior: "always_invoice",
      },
    });
    const text = await page(`${url}?price=price_TEST123&quantity=3`);
    expect(text).toContain(`Due now: SEK ${(preview.amount_due / 100).toFixed(2)}`);
    await postForm(url, { do: "switch", price: "price_TEST123", quantity: "9" });
    expect((await reload()).items.data[0]?.quantity).toBe(1);
    await postForm(url, { do: "switch", price: "price_TEST123", quantity: "3" });
    expect((await reload()).items.data[0]?.quantity).toBe(3);
  });

  it("pauses and resumes", async () => {
    const { url } = await configured();
    await postForm(url, { do: "pause" });
    expect((await reload()).status).toBe("paused");
    expect(await page(url, "sv")).toContain("Återuppta abonnemanget");
    await postForm(url, { do: "resume" });
    expect((await reload()).status).toBe("active");
  });

  it("saves only the details it names", async () => {
    const { url } = await configured();
    await postForm(url, { do: "details", name: "Ebba", email: "new@example.com", city: "Lund", country: "SE" });
    const customer = await story.stripe.customers.retrieve(subscription.customer as string);
    expect(customer).toMatchObject({ name: "Ebba", address: { city: "Lund" } });
    expect("email" in customer && customer.email).not.toBe("new@example.com");
  });

  it("makes a plan cheaper when the period ends, says so, and lets it be undone", async () => {
    const small = await story.stripe.prices.create({
      product: "prod_TEST123",
      currency: "sek",
      unit_amount: 9_900,
      recurring: { interval: "month" },
    });
    const configuration = await story.stripe.billingPortal.configurations.create({
      features: {
        subscription_update: {
          enabled: true,
          default_allowed_updates: ["price"],
          products: [{ product: "prod_TEST123", prices: [small.id] }],
          schedule_at_period_end: { conditions: [{ type: "decreasing_item_amount" }] },
        },
      },
    });
    const { url } = await open({ configuration: configuration.id });
    expect(await page(`${url}?price=${small.id}`)).toMatch(/From 1 May 2027 you pay SEK\s99\.00/);
    await postForm(url, { do: "switch", price: small.id });
    expect((await reload()).items.data[0]?.price.id).toBe("price_TEST123");
    expect(await page(url)).toMatch(/Changes to Test Kund, kampanjpris, SEK\s99\.00 \/ month on 1 May 2027\./);
    expect(await page(url, "sv")).toContain("Behåll nuvarande plan");
    await postForm(url, { do: "stay_on_plan" });
    expect((await reload()).schedule).toBeNull();
    await postForm(url, { do: "switch", price: small.id });
    expect((await reload()).schedule).not.toBeNull();
    await story.goTo("2027-05-01T02:00:00Z");
    expect((await reload()).items.data[0]?.price.id).toBe(small.id);
    expect((await story.invoices(subscription.id)).at(-1)).toMatchObject({ total: 9_900, status: "paid" });
  });

  it("pauses for one of the lengths that are on offer, and goes on by itself", async () => {
    const duration = (
      interval_options: Stripe.BillingPortal.ConfigurationCreateParams.Features.SubscriptionPause.Duration.IntervalOption[],
    ) =>
      story.stripe.billingPortal.configurations.create({
        features: { subscription_pause: { enabled: true, duration: { type: "interval_options", interval_options } } },
      });
    await expect(duration([])).rejects.toMatchObject({
      param: "features[subscription_pause][duration][interval_options]",
    });
    const made = await duration([{ interval: "week", interval_count: 2 }, { interval: "month" }]);
    expect(made.features.subscription_pause.duration.interval_options).toEqual([
      { interval: "week", interval_count: 2 },
      { interval: "month", interval_count: 1 },
    ]);
    const { url } = await open({ configuration: made.id });
    expect(await page(url)).toContain("2 weeks");
    expect(await page(url, "sv")).toContain("2 veckor");
    await postForm(url, { do: "pause", length: "0" });
    expect((await reload()).status).toBe("paused");
    await story.advance("P13D");
    expect((await reload()).status).toBe("paused");
    await story.advance("P2D");
    expect((await reload()).status).toBe("active");
    expect((await story.stripe.events.list({ type: "customer.subscription.resumed" })).data).toHaveLength(1);
  });
});
