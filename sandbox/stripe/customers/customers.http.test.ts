import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BillingStory, billingStory } from "../billing/test-story.ts";

let story: BillingStory;
beforeEach(async () => {
  story = await billingStory();
});
afterEach(() => story.close());

describe("a customer", () => {
  it("has tax ids, which its invoices show", async () => {
    const { customers } = story.stripe;
    const { id } = await story.customer();
    const vat = await customers.createTaxId(id, { type: "eu_vat", value: "SE556677889901" });
    expect(vat).toMatchObject({ country: "SE", customer: id, verification: { status: "verified" } });
    expect((await customers.listTaxIds(id)).data).toHaveLength(1);
    const subscription = await story.subscribe({ customer: id, items: [{ price: "price_TEST123" }] });
    const [invoice] = await story.invoices(subscription.id);
    expect(invoice?.customer_tax_ids).toEqual([{ type: "eu_vat", value: "SE556677889901" }]);
    await expect(customers.createTaxId(id, { type: "eu_vat", value: "1" })).rejects.toMatchObject({
      code: "tax_id_invalid",
    });
    await customers.deleteTaxId(id, vat.id);
    await expect(customers.retrieveTaxId(id, vat.id)).rejects.toMatchObject({ statusCode: 404 });
  });

  it("that is deleted says so, and everything of it that would go on ends", async () => {
    const { id } = await story.customer();
    const subscription = await story.subscribe({ customer: id, items: [{ price: "price_TEST123" }] });
    expect(await story.stripe.customers.del(id)).toEqual(expect.objectContaining({ id, deleted: true }));
    expect(await story.stripe.customers.retrieve(id)).toMatchObject({ id, deleted: true });
    expect((await story.stripe.subscriptions.retrieve(subscription.id)).status).toBe("canceled");
    await story.advance("P2M");
    expect(await story.invoices(subscription.id)).toHaveLength(1);
    await expect(story.stripe.customers.update(id, { name: "x" })).rejects.toMatchObject({ statusCode: 404 });
  });
});

describe("a product", () => {
  it("without prices can be deleted, with prices it cannot", async () => {
    const { products } = story.stripe;
    const empty = await products.create({ name: "Empty" });
    expect(await products.del(empty.id)).toMatchObject({ deleted: true });
    await expect(products.del("prod_TEST123")).rejects.toThrow("user-created prices");
  });
});

describe("a price", () => {
  it("by tiers costs what they say, and tells them only to who asks", async () => {
    const price = await story.stripe.prices.create({
      currency: "sek",
      product: "prod_TEST123",
      recurring: { interval: "month" },
      billing_scheme: "tiered",
      tiers_mode: "graduated",
      tiers: [
        { up_to: 5, unit_amount: 1_000 },
        { up_to: "inf", unit_amount: 800, flat_amount: 2_500 },
      ],
      expand: ["tiers"],
    });
    expect(price.tiers?.map((one) => one.up_to)).toEqual([5, null]);
    expect((await story.stripe.prices.retrieve(price.id)).tiers).toBeUndefined();
    const subscription = await story.subscribe({ items: [{ price: price.id, quantity: 6 }] });
    // Five at 10.00, one at 8.00, and 25.00 once for the second tier.
    const [invoice] = await story.invoices(subscription.id);
    expect(invoice?.total).toBe(8_300);
    expect(
      invoice?.lines.data.map((one) => [one.amount, one.quantity, /Tier \d/.exec(one.description ?? "")?.[0]]),
    ).toEqual([
      [5_000, 5, "Tier 1"],
      [800, 1, "Tier 2"],
      [2_500, 1, "Tier 2"],
    ]);
  });

  it("in another currency that it has an amount for is charged in that", async () => {
    const price = await story.stripe.prices.create({
      currency: "sek",
      product: "prod_TEST123",
      unit_amount: 10_000,
      recurring: { interval: "month" },
      currency_options: { eur: { unit_amount: 900 } },
    });
    const subscription = await story.subscribe({ currency: "eur", items: [{ price: price.id }] });
    expect((await story.invoices(subscription.id))[0]).toMatchObject({ currency: "eur", total: 900, amount_paid: 900 });
  });
});

describe("a saved card", () => {
  it("is replaced by its network before it expires, and keeps its id", async () => {
    const customer = await story.customer();
    const id = customer.invoice_settings.default_payment_method as string;
    const before = await story.stripe.paymentMethods.retrieve(id);
    await story.advance("P13M");
    const after = await story.stripe.paymentMethods.retrieve(id);
    expect(after.card?.exp_year).toBe((before.card?.exp_year ?? 0) + 4);
    expect(story.receiver.types()).toContain("payment_method.automatically_updated");
  });

  it("that no network replaces is refused once its last month is over", async () => {
    await story.control("POST", "/_control/recovery", { networksReplaceCards: false });
    const subscription = await story.subscribe({ items: [{ price: "price_TEST123" }] });
    await story.advance("P14M");
    const charges = await story.stripe.charges.list({ customer: subscription.customer as string, limit: 1 });
    expect(charges.data[0]).toMatchObject({ status: "failed", failure_code: "expired_card" });
  });
});

it("an invoice to come is announced a week before", async () => {
  await story.goTo("2027-04-01T00:00:00Z");
  await story.subscribe({ items: [{ price: "price_TEST123" }] });
  await story.goTo("2027-04-23T00:00:00Z");
  expect(story.receiver.types()).not.toContain("invoice.upcoming");
  await story.goTo("2027-04-24T01:00:00Z");
  const told = story.receiver.received.find((one) => one.event.type === "invoice.upcoming");
  expect(told?.event.data.object).toMatchObject({ billing_reason: "upcoming", amount_due: 29_900 });
});
