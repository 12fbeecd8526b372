import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { submitCheckout } from "../../test-bench.ts";
import { type BillingStory, billingStory } from "../billing/test-story.ts";

let story: BillingStory;
beforeAll(async () => {
  story = await billingStory();
});
afterAll(() => story.close());

const rate = (percentage: number, inclusive: boolean) =>
  story.stripe.taxRates.create({ display_name: "Moms", percentage, inclusive, country: "SE" });
const events = async (id: string) =>
  (await story.stripe.events.list({ limit: 100 })).data.filter((one) => (one.data.object as { id?: string }).id === id);

/** Every figure was worked out by hand first. */
describe("a tax rate", () => {
  it("is told, changed but for what it asks, and refused in the provider's words", async () => {
    const { stripe } = story;
    const { id } = await rate(25, true);
    expect(await stripe.taxRates.update(id, { active: false })).toMatchObject({ active: false, percentage: 25 });
    expect((await stripe.taxRates.list({ active: false })).data.map((one) => one.id)).toContain(id);
    const told = await events(id);
    expect(told.map((one) => one.type)).toEqual(["tax_rate.updated", "tax_rate.created"]);
    expect(told[0]?.data.previous_attributes).toEqual({ active: true });
    const bad = (params: Record<string, unknown>) => expect(stripe.rawRequest("POST", "/v1/tax_rates", params)).rejects;
    await bad({ display_name: "Moms", inclusive: true }).toMatchObject({
      code: "parameter_missing",
      param: "percentage",
      message: "Missing required param: percentage.",
    });
    await bad({ display_name: "Moms", inclusive: true, percentage: 25, rate: 1 }).toMatchObject({
      code: "parameter_unknown",
      message: "Received unknown parameter: rate",
    });
    await bad({ display_name: "Moms", inclusive: "perhaps", percentage: 25 }).toMatchObject({ param: "inclusive" });
    await bad({ display_name: "Moms", inclusive: true, percentage: 101 }).toMatchObject({ param: "percentage" });
    await expect(stripe.taxRates.retrieve("txr_none")).rejects.toMatchObject({
      statusCode: 404,
      message: "No such tax rate: 'txr_none'",
    });
    await expect(
      stripe.subscriptions.create({
        customer: (await story.customer()).id,
        items: [{ price: "price_TEST123", tax_rates: ["txr_none"] }],
      }),
    ).rejects.toMatchObject({ statusCode: 400, param: "items[0][tax_rates][0]" });
  });

  it("on an invoice is rounded line by line, an item's own before the invoice's", async () => {
    const { stripe } = story;
    const [vat, food] = [await rate(25, false), await rate(12, false)];
    const customer = (await story.customer()).id;
    const item = (amount: number, tax_rates: string[] = []) =>
      stripe.invoiceItems.create({ customer, amount, currency: "sek", tax_rates });
    await item(10_010);
    await item(10_010);
    await item(5_000, [food.id]);
    const draft = await stripe.invoices.create({
      customer,
      default_tax_rates: [vat.id],
      pending_invoice_items_behavior: "include",
    });
    // 25 % of 100.10 is 25.025, so 25.03 twice; 12 % of 50.00 is 6.00.
    expect(draft.lines.data.map((one) => one.taxes?.map((tax) => tax.amount))).toEqual([[2_503], [2_503], [600]]);
    expect(draft).toMatchObject({
      subtotal: 25_020,
      subtotal_excluding_tax: 25_020,
      total: 25_020 + 5_606,
      total_excluding_tax: 25_020,
      amount_due: 30_626,
    });
    expect(draft.total_taxes?.map((one) => [one.amount, one.taxable_amount])).toEqual([
      [5_006, 20_020],
      [600, 5_000],
    ]);
    const without = await stripe.invoices.update(draft.id, { default_tax_rates: "" });
    expect(without).toMatchObject({ total: 25_620 });
    const paid = await stripe.invoices.pay(draft.id);
    expect(paid.amount_paid).toBe(25_620);
  });

  it("of a subscription is in the price or on top, after a coupon, and goes with every proration", async () => {
    const { stripe } = story;
    await story.goTo("2031-04-01T00:00:00Z");
    const [within, onTop] = [await rate(25, true), await rate(25, false)];
    const [small, large] = [await story.monthly(10_000), await story.monthly(20_000)];
    const coupon = await stripe.coupons.create({ percent_off: 20, duration: "forever" });
    const first = await story.subscribe({
      items: [{ price: small.id, tax_rates: [onTop.id] }],
      default_tax_rates: [within.id],
      discounts: [{ coupon: coupon.id }],
      expand: ["latest_invoice"],
    });
    // 100.00 less 20 % is 80.00; 25 % on top are 20.00.
    expect(first.latest_invoice).toMatchObject({ subtotal: 10_000, total: 10_000, total_excluding_tax: 8_000 });
    const plain = await story.subscribe({
      items: [{ price: small.id }],
      default_tax_rates: [within.id],
      expand: ["latest_invoice"],
    });
    expect(plain.latest_invoice).toMatchObject({
      total: 10_000,
      total_excluding_tax: 8_000,
      subtotal_excluding_tax: 8_000,
    });
    const item = plain.items.data[0]?.id ?? "";
    const at = Math.floor(Date.parse("2031-04-16T00:00:00Z") / 1000);
    const preview = (price: string) =>
      stripe.invoices.createPreview({
        subscription: first.id,
        subscription_details: {
          items: [{ id: first.items.data[0]?.id ?? "", price }],
          proration_behavior: "always_invoice",
          proration_date: at,
        },
      });
    await story.goTo("2031-04-16T00:00:00Z");
    const up = await preview(large.id);
    // Half of 80.00 back and half of 160.00 owed, each with a quarter on top.
    const sums = up.lines.data.map((one) => [one.amount, one.taxes?.[0]?.amount ?? 0]);
    expect(sums[0]?.[0]).toBeGreaterThanOrEqual(-4_001);
    expect(Math.abs((sums[0]?.[1] ?? 0) * 4 - (sums[0]?.[0] ?? 0))).toBeLessThanOrEqual(2);
    expect(up.total).toBe(sums.flat().reduce((sum, one) => sum + one, 0));
    const there = await stripe.subscriptions.update(plain.id, {
      items: [{ id: item, price: large.id }],
      proration_date: at,
    });
    const back = await stripe.subscriptions.update(there.id, {
      items: [{ id: item, price: small.id }],
      proration_date: at,
    });
    const next = await stripe.invoices.createPreview({ subscription: back.id });
    const prorated = next.lines.data.filter((one) => one.parent?.subscription_item_details?.proration);
    expect(prorated.reduce((sum, one) => sum + one.amount, 0)).toBe(0);
    expect(prorated.flatMap((one) => one.taxes ?? []).reduce((sum, one) => sum + one.amount, 0)).toBe(0);
  });

  it("is given back with a credit note, of a whole line to the unit", async () => {
    const { stripe } = story;
    const vat = await rate(25, false);
    const customer = (await story.customer()).id;
    for (const amount of [10_010, 30_000])
      await stripe.invoiceItems.create({ customer, amount, currency: "sek", tax_rates: [vat.id] });
    const draft = await stripe.invoices.create({ customer, pending_invoice_items_behavior: "include" });
    const open = await stripe.invoices.finalizeInvoice(draft.id, { auto_advance: false });
    expect(open.total).toBe(10_010 + 2_503 + 37_500);
    const note = await stripe.creditNotes.create({
      invoice: open.id,
      lines: [{ type: "invoice_line_item", invoice_line_item: open.lines.data[0]?.id ?? "", quantity: 1 }],
    });
    expect(note).toMatchObject({ subtotal: 10_010, total: 12_513, total_excluding_tax: 10_010 });
    expect(note.total_taxes?.[0]).toMatchObject({ amount: 2_503, taxable_amount: 10_010 });
    const rest = await stripe.creditNotes.create({
      invoice: open.id,
      lines: [
        { type: "custom_line_item", description: "Resten", unit_amount: 30_000, quantity: 1, tax_rates: [vat.id] },
      ],
    });
    expect(rest.total).toBe(37_500);
    expect(await stripe.invoices.retrieve(open.id)).toMatchObject({ status: "paid", amount_paid: 0, amount_due: 0 });
  });

  it("stands on the payment page, and what was paid is what the first invoice asks", async () => {
    const { stripe } = story;
    const [vat, within] = [await rate(25, false), await rate(6, true)];
    const bench = story.bench;
    const price = await story.monthly(9_990);
    const session = await stripe.checkout.sessions.create({
      mode: "subscription",
      success_url: "http://shop.test/ok",
      line_items: [
        { price: price.id, quantity: 3, tax_rates: [vat.id] },
        { price_data: { currency: "sek", unit_amount: 10_600, product_data: { name: "Bok" } }, quantity: 1 },
      ],
      subscription_data: { default_tax_rates: [within.id] },
      expand: ["line_items.data.taxes", "total_details.breakdown"],
    });
    // 299.70 and 25 % on top, 74.93; 106.00 with 6.00 of it tax.
    expect(session).toMatchObject({ amount_subtotal: 40_570, amount_total: 48_063 });
    expect(session.total_details).toMatchObject({ amount_tax: 8_093, amount_shipping: 0 });
    expect(session.total_details?.breakdown?.taxes.map((one) => one.amount)).toEqual([7_493, 600]);
    expect(session.line_items?.data.map((one) => one.taxes?.[0]?.rate.percentage)).toEqual([25, 6]);
    const page = await (await fetch(`${bench.sandbox.url}/c/pay/${session.id}`)).text();
    expect(page).toContain("Moms 25%");
    expect(page).toContain("Moms 6%, included");
    await submitCheckout(bench, session.id);
    const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ["invoice", "subscription"] });
    const invoice = done.invoice as Stripe.Invoice;
    expect(invoice).toMatchObject({ total: 48_063, amount_paid: 48_063 });
    expect((done.subscription as Stripe.Subscription).items.data[0]?.tax_rates?.[0]?.id).toBe(vat.id);
    const [charge] = (await stripe.charges.list({ customer: invoice.customer as string })).data;
    expect(charge?.amount).toBe(48_063);
  });
});
