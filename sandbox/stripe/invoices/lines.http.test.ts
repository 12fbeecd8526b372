import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BillingStory, billingStory } from "../billing/test-story.ts";

let story: BillingStory;
beforeEach(async () => {
  story = await billingStory();
});
afterEach(() => story.close());

/** A draft of one item of 99 kr. */
async function draft(): Promise<Stripe.Invoice> {
  const customer = (await story.customer()).id;
  await story.stripe.invoiceItems.create({ customer, amount: 9_900, currency: "sek", metadata: { a: "b" } });
  return story.stripe.invoices.create({ customer, pending_invoice_items_behavior: "include" });
}

const amounts = (invoice: Stripe.Invoice) => invoice.lines.data.map((one) => one.amount);
const onlyLine = (invoice: Stripe.Invoice) => invoice.lines.data[0]?.id ?? "";
const told = (type: string) => story.receiver.received.filter((one) => one.event.type === type);

describe("the lines of a draft", () => {
  it("are added to: new ones by amount or price, and items that waited", async () => {
    const { stripe } = story;
    const invoice = await draft();
    const customer = invoice.customer as string;
    const waiting = await stripe.invoiceItems.create({ customer, amount: 500, currency: "sek" });
    const product = await stripe.products.create({ name: "Bok" });
    const price = await stripe.prices.create({ product: product.id, currency: "sek", unit_amount: 1_000 });
    await story.control("POST", "/_control/webhooks/flush");
    story.receiver.received.length = 0;
    const added = await stripe.invoices.addLines(invoice.id, {
      invoice_metadata: { order: "17" },
      lines: [
        { amount: 4_900, description: "Frakt", metadata: { kind: "freight" } },
        { pricing: { price: price.id }, quantity: 3 },
        { invoice_item: waiting.id, amount: 700 },
      ],
    });
    expect(added).toMatchObject({ total: 9_900 + 4_900 + 3_000 + 700, metadata: { order: "17" } });
    expect(amounts(added)).toEqual([9_900, 500 + 200, 4_900, 3_000]);
    expect((await stripe.invoiceItems.list({ customer, pending: true })).data).toEqual([]);
    await story.control("POST", "/_control/webhooks/flush");
    expect(story.receiver.types().sort()).toEqual(["invoice.updated", "invoiceitem.created", "invoiceitem.created"]);
    expect(told("invoice.updated")[0]?.event.data.previous_attributes).toMatchObject({
      metadata: { order: null },
      total: 9_900,
    });
    await expect(stripe.invoices.addLines(invoice.id, { lines: [{ invoice_item: waiting.id }] })).rejects.toMatchObject(
      { statusCode: 400, param: "lines[0][invoice_item]" },
    );
    await expect(
      stripe.invoices.addLines(invoice.id, { lines: [{ pricing: { price: "price_none" } }] }),
    ).rejects.toMatchObject({ code: "resource_missing", param: "lines[0][pricing][price]" });
  });

  it("of a preview come with it up to ten too, and are listed at its address", async () => {
    const { stripe } = story;
    const { id: subscription, customer } = await story.subscribe({ items: [{ price: "price_TEST123" }] });
    for (let index = 0; index < 11; index += 1)
      await stripe.invoiceItems.create({
        customer: String(customer),
        subscription,
        amount: 100 + index,
        currency: "sek",
      });
    const preview = await stripe.invoices.createPreview({ subscription });
    expect(preview).toMatchObject({ total: 29_900 + 1_155, lines: { has_more: true, total_count: 12 } });
    expect(amounts(preview)).toHaveLength(10);
    const all = await stripe.invoices.listLineItems(preview.id, { limit: 100 });
    expect(all.data.reduce((sum, line) => sum + line.amount, 0)).toBe(preview.total);
    expect(all.data.map((line) => line.id).slice(0, 10)).toEqual(preview.lines.data.map((line) => line.id));
    await expect(stripe.invoices.listLineItems("upcoming_in_none")).rejects.toMatchObject({ statusCode: 404 });
  });

  it("come with it up to ten, and are all listed at their own address", async () => {
    const { stripe } = story;
    const { id } = await draft();
    const more = Array.from({ length: 11 }, (_, index) => ({ amount: 100 + index, description: "Frakt" }));
    const added = await stripe.invoices.addLines(id, { lines: more });
    expect(added).toMatchObject({ total: 9_900 + 1_155, lines: { has_more: true, total_count: 12 } });
    const first = [9_900, ...more.slice(0, 9).map((one) => one.amount)];
    expect(amounts(added)).toEqual(first);
    expect(amounts(await stripe.invoices.retrieve(id))).toEqual(first);
    const rest = await stripe.invoices.listLineItems(id, { starting_after: added.lines.data.at(-1)?.id ?? "" });
    expect([rest.data.map((one) => one.amount), rest.has_more]).toEqual([[109, 110], false]);
    await story.control("POST", "/_control/webhooks/flush");
    expect(told("invoice.updated")[0]?.event.data.object).toMatchObject({ total: 11_055, lines: { has_more: true } });
    expect(told("invoice.updated")[0]?.event.data.object).toHaveProperty("lines.data.length", 10);
    const whole = await stripe.invoices.removeLines(id, {
      lines: [{ id: rest.data[0]?.id ?? "", behavior: "delete" }],
    });
    expect(whole).toMatchObject({ total: 11_055 - 109, lines: { has_more: true, total_count: 11 } });
  });

  it("are changed, one by one or together, and so are the items behind them", async () => {
    const { stripe } = story;
    const invoice = await draft();
    const line = onlyLine(invoice);
    const rate = await stripe.taxRates.create({ display_name: "Moms", inclusive: false, percentage: 25 });
    const changed = await stripe.invoices.updateLineItem(invoice.id, line, {
      amount: 8_000,
      metadata: { c: "d" },
      tax_rates: [rate.id],
    });
    expect(changed).toMatchObject({ id: line, amount: 8_000, metadata: { a: "b", c: "d" } });
    expect(changed.taxes).toMatchObject([{ amount: 2_000 }]);
    const [item] = (await stripe.invoiceItems.list({ invoice: invoice.id })).data;
    expect(item).toMatchObject({ amount: 8_000, metadata: { a: "b", c: "d" } });
    const both = await stripe.invoices.updateLines(invoice.id, { lines: [{ id: line, quantity: 2, tax_rates: "" }] });
    expect(both).toMatchObject({ total: 16_000 });
    expect(both.lines.data[0]).toMatchObject({ quantity: 2, amount: 16_000 });
    await expect(stripe.invoices.updateLineItem(invoice.id, "il_none", { amount: 1 })).rejects.toMatchObject({
      statusCode: 404,
      code: "resource_missing",
    });
    await stripe.invoices.finalizeInvoice(invoice.id);
    await expect(stripe.invoices.updateLineItem(invoice.id, line, { amount: 1 })).rejects.toMatchObject({
      statusCode: 400,
      code: "invoice_not_editable",
    });
  });

  it("are taken off: for good, or to wait for another invoice", async () => {
    const { stripe } = story;
    const [first, second] = [await draft(), await draft()];
    const waits = await stripe.invoices.removeLines(first.id, {
      lines: [{ id: onlyLine(first), behavior: "unassign" }],
    });
    expect(waits).toMatchObject({ total: 0, lines: { data: [] } });
    const customer = first.customer as string;
    expect((await stripe.invoiceItems.list({ customer, pending: true })).data).toHaveLength(1);
    await stripe.invoices.removeLines(second.id, { lines: [{ id: onlyLine(second), behavior: "delete" }] });
    expect((await stripe.invoiceItems.list({ customer: second.customer as string })).data).toEqual([]);
    await story.control("POST", "/_control/webhooks/flush");
    expect(told("invoiceitem.deleted")).toHaveLength(1);
  });

  it("for a subscription's period are changed where they stand, with their metadata replaced", async () => {
    const { stripe } = story;
    await story.goTo("2027-04-01T00:00:00Z");
    const subscription = await story.subscribe({ items: [{ price: "price_TEST123" }] });
    await story.goTo("2027-05-01T00:30:00Z");
    const renewal = (await story.invoices(subscription.id)).at(-1) as Stripe.Invoice;
    expect(renewal.status).toBe("draft");
    const line = await stripe.invoices.updateLineItem(renewal.id, onlyLine(renewal), {
      amount: 19_900,
      metadata: { why: "kulans" },
    });
    expect(line).toMatchObject({ amount: 19_900, metadata: { why: "kulans" } });
    await stripe.invoices.addLines(renewal.id, { lines: [{ amount: 100, description: "Frakt" }] });
    await story.goTo("2027-05-01T02:00:00Z");
    expect(await stripe.invoices.retrieve(renewal.id)).toMatchObject({ status: "paid", amount_paid: 20_000 });
  });
});

describe("what is taken off", () => {
  it("one item goes off that alone, and before what goes off the whole", async () => {
    const { stripe } = story;
    const customer = (await story.customer()).id;
    const fifth = await stripe.coupons.create({ percent_off: 20, duration: "once" });
    const kronor = await stripe.coupons.create({ amount_off: 3_000, currency: "sek", duration: "once" });
    const cut = await stripe.invoiceItems.create({
      ...{ customer, amount: 10_000, currency: "sek" },
      discounts: [{ coupon: fifth.id }],
    });
    await stripe.invoiceItems.create({ customer, amount: 4_000, currency: "sek" });
    const invoice = await stripe.invoices.create({
      ...{ customer, pending_invoice_items_behavior: "include" },
      discounts: [{ coupon: kronor.id }],
    });
    // 10 000 less 20 % are 8 000; 3 000 off 8 000 and 4 000 are 2 000 and 1 000.
    const off = invoice.lines.data.map((line) => [line.amount, line.discount_amounts?.map((one) => one.amount)]);
    expect(off).toEqual([
      [10_000, [2_000, 2_000]],
      [4_000, [1_000]],
    ]);
    expect(invoice).toMatchObject({ subtotal: 14_000, total: 9_000, discounts: [expect.stringMatching(/^di_/)] });
    expect(invoice.total_discount_amounts).toEqual([
      { amount: 2_000, discount: cut.discounts?.[0] },
      { amount: 3_000, discount: invoice.discounts[0] },
    ]);
    const known = await stripe.invoices.retrieve(invoice.id, { expand: ["lines.data.discounts"] });
    expect(known.lines.data[0]?.discounts).toMatchObject([{ invoice_item: cut.id, source: { coupon: fifth.id } }]);

    // Nothing off the item any more: 3 000 off 10 000 and 4 000.
    await stripe.invoiceItems.update(cut.id, { discounts: "" });
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ total: 11_000 });
    expect(await stripe.invoices.update(invoice.id, { discounts: "" })).toMatchObject({ total: 14_000, discounts: [] });
    await stripe.invoices.finalizeInvoice(invoice.id);
    await expect(stripe.invoices.update(invoice.id, { discounts: [{ coupon: kronor.id }] })).rejects.toMatchObject({
      code: "invoice_not_editable",
      param: "discounts",
    });
  });

  it("the line of a subscription's period is told where it stands, and stays until it is paid", async () => {
    const { stripe } = story;
    await story.goTo("2027-04-01T00:00:00Z");
    const half = await stripe.coupons.create({ percent_off: 50, duration: "once" });
    const product = await stripe.products.create({ name: "Handduk" });
    const subscription = await story.subscribe({
      items: [{ price: "price_TEST123" }],
      add_invoice_items: [
        {
          price_data: { currency: "sek", product: product.id, unit_amount: 10_000 },
          discounts: [{ coupon: half.id }],
        },
      ],
    });
    // 299 and half of 100.
    expect((await story.invoices(subscription.id))[0]).toMatchObject({ status: "paid", total: 29_900 + 5_000 });
    await story.goTo("2027-05-01T00:30:00Z");
    const renewal = (await story.invoices(subscription.id)).at(-1) as Stripe.Invoice;
    const line = await stripe.invoices.updateLineItem(renewal.id, onlyLine(renewal), {
      discounts: [{ coupon: half.id }],
    });
    expect(line.discount_amounts).toMatchObject([{ amount: 14_950 }]);
    await stripe.invoices.addLines(renewal.id, { lines: [{ amount: 100, description: "Frakt" }] });
    await expect(
      stripe.invoices.updateLineItem(renewal.id, line.id, { discounts: [{ coupon: "none" }] }),
    ).rejects.toMatchObject({ code: "resource_missing", param: "discounts[0][coupon]" });
    await story.goTo("2027-05-01T02:00:00Z");
    expect(await stripe.invoices.retrieve(renewal.id)).toMatchObject({ status: "paid", amount_paid: 14_950 + 100 });
  });
});

describe("a payment that is attached to an invoice", () => {
  const open = async () => story.stripe.invoices.finalizeInvoice((await draft()).id, { auto_advance: false });
  const paidBy = async (customer: string, amount: number) => {
    const found = await story.stripe.customers.retrieve(customer);
    const card = found.deleted ? null : found.invoice_settings.default_payment_method;
    return story.stripe.paymentIntents.create({
      amount,
      currency: "sek",
      customer,
      confirm: true,
      payment_method: card as string,
      automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    });
  };

  it("pays a part and then the rest, and only then the invoice is paid", async () => {
    const { stripe } = story;
    const invoice = await open();
    const customer = invoice.customer as string;
    const part = await paidBy(customer, 4_000);
    const lowered = await stripe.invoices.attachPayment(invoice.id, { payment_intent: part.id });
    expect(lowered).toMatchObject({ status: "open", amount_paid: 4_000, amount_remaining: 5_900, amount_due: 9_900 });
    const rest = await stripe.paymentIntents.create({ amount: 5_900, currency: "sek", customer });
    await stripe.invoices.attachPayment(invoice.id, { payment_intent: rest.id });
    await expect(stripe.invoices.attachPayment(invoice.id, { payment_intent: rest.id })).rejects.toMatchObject({
      statusCode: 400,
    });
    await stripe.paymentIntents.confirm(rest.id, { payment_method: "pm_card_visa", return_url: "http://shop.test/" });
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({
      status: "paid",
      amount_paid: 9_900,
      amount_remaining: 0,
      amount_overpaid: 0,
    });
    const payments = (await stripe.invoicePayments.list({ invoice: invoice.id })).data;
    expect(payments.map((one) => [one.amount_paid, one.is_default, one.status])).toEqual([
      [5_900, false, "paid"],
      [4_000, false, "paid"],
    ]);
    await story.control("POST", "/_control/webhooks/flush");
    expect(told("invoice.paid")).toHaveLength(1);
    expect(told("invoice_payment.paid")).toHaveLength(2);
  });

  it("pays too much, and the customer has the rest; the payment that was asked for is canceled", async () => {
    const { stripe } = story;
    const invoice = await open();
    const customer = invoice.customer as string;
    await story.control("POST", `/_control/payment_methods/${(await cardOf(customer)) ?? ""}/bank`, {
      refuses: "insufficient_funds",
    });
    await expect(stripe.invoices.pay(invoice.id)).rejects.toMatchObject({ code: "card_declined" });
    await story.control("POST", `/_control/payment_methods/${(await cardOf(customer)) ?? ""}/bank`, { refuses: null });
    const paid = await paidBy(customer, 10_000);
    await stripe.invoices.attachPayment(invoice.id, { payment_intent: paid.id });
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ status: "paid", amount_overpaid: 100 });
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -100 });
    const payments = (await stripe.invoicePayments.list({ invoice: invoice.id })).data;
    expect(payments.map((one) => [one.is_default, one.status])).toEqual([
      [false, "paid"],
      [true, "canceled"],
    ]);
    await story.control("POST", "/_control/webhooks/flush");
    expect(told("invoice.overpaid")).toHaveLength(1);
  });

  const cardOf = async (customer: string) => {
    const found = await story.stripe.customers.retrieve(customer);
    return found.deleted ? null : (found.invoice_settings.default_payment_method as string);
  };
});
