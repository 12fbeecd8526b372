import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BillingStory, billingStory } from "../billing/test-story.ts";

let story: BillingStory;
beforeEach(async () => {
  story = await billingStory();
});
afterEach(() => story.close());

const mine = async (customer: string) =>
  (await story.stripe.entitlements.activeEntitlements.list({ customer })).data.map((one) => one.lookup_key).sort();
const told = async () =>
  (await story.stripe.events.list({ type: "entitlements.active_entitlement_summary.updated" })).data;

describe("a feature", () => {
  it("is given with a product to whoever subscribes, told whole, and taken away with the subscription", async () => {
    const { stripe } = story;
    const [price, customer] = [await story.monthly(9_900), (await story.customer()).id];
    const product = price.product as string;
    const features = await Promise.all(
      ["export", "api"].map((lookup_key) => stripe.entitlements.features.create({ lookup_key, name: lookup_key })),
    );
    const [first, second] = features;
    await stripe.products.createFeature(product, { entitlement_feature: first?.id ?? "" });
    const subscription = await story.subscribe({ customer, items: [{ price: price.id }] });
    expect(await mine(customer)).toEqual(["export"]);
    const [event] = await told();
    expect(event?.data.object).toMatchObject({
      object: "entitlements.active_entitlement_summary",
      customer,
      entitlements: { data: [{ feature: first?.id, lookup_key: "export" }], has_more: false },
    });
    expect(event?.data.previous_attributes).toMatchObject({ entitlements: { data: [] } });
    // A further feature reaches present customers with their next period.
    await stripe.products.createFeature(product, { entitlement_feature: second?.id ?? "" });
    expect(await mine(customer)).toEqual(["export"]);
    await story.advance("P1M1D");
    expect(await mine(customer)).toEqual(["api", "export"]);
    await stripe.subscriptions.cancel(subscription.id);
    expect(await mine(customer)).toEqual([]);
    expect(await told()).toHaveLength(3);
    const [delivered] = (
      await story.receiver.until((all) => all.filter((one) => one.event.type.startsWith("entitlements.")).length === 3)
    ).filter((one) => one.event.type.startsWith("entitlements."));
    expect(delivered?.event.data).toEqual(event?.data);
  });

  it("is refused in the provider's words", async () => {
    const { stripe } = story;
    const feature = await stripe.entitlements.features.create({ lookup_key: "export", name: "Export" });
    await expect(stripe.entitlements.features.create({ lookup_key: "export", name: "Igen" })).rejects.toMatchObject({
      param: "lookup_key",
    });
    await expect(stripe.rawRequest("POST", "/v1/entitlements/features", { name: "Export" })).rejects.toMatchObject({
      code: "parameter_missing",
      param: "lookup_key",
    });
    await expect(stripe.entitlements.features.retrieve("feat_none")).rejects.toMatchObject({ statusCode: 404 });
    await stripe.products.createFeature("prod_TEST123", { entitlement_feature: feature.id });
    await expect(
      stripe.products.createFeature("prod_TEST123", { entitlement_feature: feature.id }),
    ).rejects.toMatchObject({ param: "entitlement_feature" });
    expect(await stripe.entitlements.features.update(feature.id, { active: false })).toMatchObject({ active: false });
    expect((await stripe.entitlements.features.list({ archived: true })).data).toHaveLength(1);
    await expect(stripe.entitlements.activeEntitlements.list({ customer: "cus_none" })).rejects.toMatchObject({
      statusCode: 400,
      param: "customer",
    });
  });
});
