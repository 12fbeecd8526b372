import type Stripe from "stripe";
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
