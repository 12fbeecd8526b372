import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BillingStory, billingStory } from "../billing/test-story.ts";

let story: BillingStory;
beforeEach(async () => {
  story = await billingStory();
  await story.goTo("2027-04-01T00:00:00Z");
});
afterEach(() => story.close());

async function meteredPrice(formula: "count" | "last" | "sum" = "sum", given: Partial<Stripe.PriceCreateParams> = {}) {
  const { stripe } = story;
  const meter = await stripe.billing.meters.create({
    display_name: "Anrop",
    event_name: "anrop",
    default_aggregation: { formula },
  });
  const price = await stripe.prices.create({
    currency: "sek",
    product_data: { name: "Anrop" },
    recurring: { interval: "month", usage_type: "metered", meter: meter.id },
    ...("tiers" in given ? {} : { unit_amount_decimal: "12.5" as unknown as Stripe.Decimal }),
    ...given,
  });
  return { meter, price };
}
const use = (customer: string, value: number, identifier?: string) =>
  story.stripe.billing.meterEvents.create({
    event_name: "anrop",
    payload: { stripe_customer_id: customer, value: String(value) },
    ...(identifier === undefined ? {} : { identifier }),
  });

/** Every figure was worked out by hand first. */
describe("what is metered", () => {
  it("is billed when its period is over, beside what renews in advance", async () => {
    const { stripe } = story;
    const { meter, price } = await meteredPrice();
    const [base, customer] = [await story.monthly(9_900), (await story.customer()).id];
    const subscription = await story.subscribe({ customer, items: [{ price: base.id }, { price: price.id }] });
    const item = subscription.items.data.find((one) => one.price.id === price.id);
    expect(item?.quantity).toBeUndefined();
    const [first] = await story.invoices(subscription.id);
    expect(first?.lines.data.map((one) => one.amount)).toEqual([9_900]);
    await story.advance("P10D");
    await use(customer, 100);
    await use(customer, 35);
    const upcoming = await stripe.invoices.createPreview({ subscription: subscription.id });
    // 135 at 12.5 öre are 1,687.5: 1,688.
    expect(upcoming.lines.data.map((one) => [one.amount, one.quantity])).toEqual([
      [1_688, 135],
      [9_900, 1],
    ]);
    await story.goTo("2027-05-01T03:00:00Z");
    const second = (await story.invoices(subscription.id)).at(-1);
    expect(second).toMatchObject({ status: "paid", total: 11_588 });
    const day = (at: number | undefined) => new Date((at ?? 0) * 1000).toISOString().slice(0, 10);
    expect(second?.lines.data.map((one) => [day(one.period.start), day(one.period.end)])).toEqual([
      ["2027-04-01", "2027-05-01"],
      ["2027-05-01", "2027-06-01"],
    ]);
    const summary = await stripe.billing.meters.listEventSummaries(meter.id, {
      customer,
      start_time: Date.parse("2027-04-01T00:00:00Z") / 1000,
      end_time: Date.parse("2027-05-01T00:00:00Z") / 1000,
      value_grouping_window: "day",
    });
    expect(summary.data.map((one) => one.aggregated_value)).toEqual([135]);
    // The next period begins with nothing used.
    await story.goTo("2027-06-01T03:00:00Z");
    expect((await story.invoices(subscription.id)).at(-1)?.lines.data.map((one) => one.amount)).toEqual([0, 9_900]);
  });

  it("goes by tiers, and is billed once more when the subscription ends", async () => {
    const { stripe } = story;
    const tiers: Stripe.PriceCreateParams.Tier[] = [
      { up_to: 100, unit_amount: 10 },
      { up_to: "inf", unit_amount: 5 },
    ];
    const { price } = await meteredPrice("sum", { billing_scheme: "tiered", tiers_mode: "graduated", tiers });
    const customer = (await story.customer()).id;
    const subscription = await story.subscribe({ customer, items: [{ price: price.id }] });
    await use(customer, 250);
    await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
    await story.goTo("2027-05-01T03:00:00Z");
    const last = (await story.invoices(subscription.id)).at(-1);
    // A hundred at 10 and a hundred and fifty at 5.
    expect(last?.lines.data.map((one) => one.amount)).toEqual([1_000, 750]);
    expect(last).toMatchObject({ status: "paid", amount_paid: 1_750 });
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("canceled");
  });

  it("counts a report once, takes one back, and follows its formula", async () => {
    const { stripe } = story;
    const { meter } = await meteredPrice("last");
    const customer = (await story.customer()).id;
    const now = (await stripe.customers.retrieve(customer)) as Stripe.Customer;
    await use(customer, 7, "one");
    await use(customer, 9, "two");
    await expect(use(customer, 9, "two")).rejects.toMatchObject({ param: "identifier" });
    const start = Math.floor(now.created / 60) * 60;
    const read = async () =>
      (
        await stripe.billing.meters.listEventSummaries(meter.id, {
          customer,
          start_time: start,
          end_time: start + 3_600,
        })
      ).data[0]?.aggregated_value;
    expect(await read()).toBe(9);
    await stripe.billing.meterEventAdjustments.create({
      event_name: "anrop",
      type: "cancel",
      cancel: { identifier: "two" },
    });
    expect(await read()).toBe(7);
  });

  it("is refused in the provider's words", async () => {
    const { stripe } = story;
    const { meter, price } = await meteredPrice();
    const customer = (await story.customer()).id;
    const report = (given: object) => stripe.rawRequest("POST", "/v1/billing/meter_events", given);
    await expect(report({ event_name: "other", payload: { value: "1" } })).rejects.toMatchObject({
      message: "No active meter found for event name: other",
    });
    await expect(report({ event_name: "anrop", payload: { value: "1" } })).rejects.toMatchObject({
      param: "payload[stripe_customer_id]",
    });
    await expect(use("cus_none", 1)).rejects.toMatchObject({ code: "resource_missing" });
    await expect(report({ event_name: "anrop" })).rejects.toMatchObject({
      code: "parameter_missing",
      param: "payload",
    });
    await expect(
      stripe.billing.meterEvents.create({
        event_name: "anrop",
        payload: { stripe_customer_id: customer, value: "1" },
        timestamp: 1_000,
      }),
    ).rejects.toMatchObject({ param: "timestamp" });
    await expect(story.subscribe({ customer, items: [{ price: price.id, quantity: 2 }] })).rejects.toMatchObject({
      message: expect.stringContaining("Quantity should not be specified where usage_type is `metered`."),
    });
    await expect(
      stripe.prices.create({
        currency: "sek",
        product: "prod_TEST123",
        unit_amount: 1,
        recurring: { interval: "month", usage_type: "metered" },
      }),
    ).rejects.toMatchObject({ param: "recurring[meter]" });
    await stripe.billing.meters.deactivate(meter.id);
    await expect(use(customer, 1)).rejects.toMatchObject({ param: "event_name" });
    expect((await stripe.events.list({ type: "billing.meter.deactivated" })).data).toHaveLength(1);
  });
});

describe("a credit grant", () => {
  const grant = (customer: string, value: number, given: Partial<Stripe.Billing.CreditGrantCreateParams> = {}) =>
    story.stripe.billing.creditGrants.create({
      customer,
      amount: { type: "monetary", monetary: { currency: "sek", value } },
      applicability_config: { scope: { price_type: "metered" } },
      ...given,
    });
  const left = async (customer: string) => {
    const summary = await story.stripe.billing.creditBalanceSummaries.retrieve({
      customer,
      filter: { type: "applicability_scope", applicability_scope: { price_type: "metered" } },
    });
    return summary.balances.map((one) => one.available_balance.monetary?.value);
  };

  it("pays for what was used and for nothing else, before taxes, the most pressing first", async () => {
    const { stripe } = story;
    const { price } = await meteredPrice("sum", { unit_amount_decimal: undefined, unit_amount: 100 });
    const vat = await stripe.taxRates.create({ display_name: "Moms", inclusive: false, percentage: 25 });
    const [base, customer] = [await story.monthly(10_000), (await story.customer()).id];
    const [late, early] = [
      await grant(customer, 3_000, { category: "paid", priority: 50 }),
      await grant(customer, 2_000, { category: "promotional", priority: 10 }),
    ];
    expect(await left(customer)).toEqual([5_000]);
    const subscription = await story.subscribe({
      customer,
      items: [{ price: base.id }, { price: price.id }],
      default_tax_rates: [vat.id],
    });
    await use(customer, 40);
    await story.goTo("2027-05-01T03:00:00Z");
    const invoice = (await story.invoices(subscription.id)).at(-1);
    // 40.00 used, all of it paid from credits: 20.00 and 20.00. 100.00 renew, with 25.00 of tax.
    expect(invoice).toMatchObject({ subtotal: 14_000, total: 12_500, amount_paid: 12_500 });
    expect(invoice?.total_pretax_credit_amounts?.map((one) => [one.type, one.amount])).toEqual([
      ["credit_balance_transaction", 2_000],
      ["credit_balance_transaction", 2_000],
    ]);
    expect(await left(customer)).toEqual([1_000]);
    const ledger = (id: string) => stripe.billing.creditBalanceTransactions.list({ credit_grant: id });
    expect((await ledger(early.id)).data.map((one) => one.debit?.type ?? one.credit?.type)).toEqual([
      "credits_applied",
      "credits_granted",
    ]);
    expect((await ledger(late.id)).data[0]).toMatchObject({
      type: "debit",
      debit: { amount: { monetary: { value: 2_000 } }, credits_applied: { invoice: invoice?.id } },
    });
    await expect(stripe.billing.creditGrants.voidGrant(late.id)).rejects.toMatchObject({ statusCode: 400 });
  });

  it("comes back when its invoice is void, and goes on its day", async () => {
    const { stripe } = story;
    const { price } = await meteredPrice("sum", { unit_amount_decimal: undefined, unit_amount: 100 });
    const customer = (await story.customer()).id;
    const until = Date.parse("2027-06-10T00:00:00Z") / 1000;
    const given = await grant(customer, 1_000, { expires_at: until, name: "Gåva" });
    const card = ((await stripe.customers.retrieve(customer)) as Stripe.Customer).invoice_settings
      .default_payment_method as string;
    const subscription = await story.subscribe({ customer, items: [{ price: price.id }] });
    await use(customer, 40);
    await story.control("POST", `/_control/payment_methods/${card}/bank`, { refuses: "insufficient_funds" });
    await story.goTo("2027-05-01T03:00:00Z");
    const open = (await story.invoices(subscription.id)).at(-1);
    expect(open).toMatchObject({ status: "open", amount_due: 3_000 });
    expect(await left(customer)).toEqual([0]);
    await stripe.invoices.voidInvoice(open?.id ?? "");
    expect(await left(customer)).toEqual([1_000]);
    await story.goTo("2027-06-11T00:00:00Z");
    expect(await left(customer)).toEqual([0]);
    const [last] = (await stripe.billing.creditBalanceTransactions.list({ credit_grant: given.id })).data;
    expect(last).toMatchObject({ debit: { type: "credits_expired", amount: { monetary: { value: 1_000 } } } });
  });

  it("is changed, taken back and refused in the provider's words", async () => {
    const { stripe } = story;
    const customer = (await story.customer()).id;
    const given = await grant(customer, 1_000);
    const until = Date.parse("2030-01-01T00:00:00Z") / 1000;
    expect(await stripe.billing.creditGrants.update(given.id, { expires_at: until })).toMatchObject({
      expires_at: until,
    });
    const [event] = (await stripe.events.list({ type: "billing.credit_grant.updated" })).data;
    expect(event?.data.previous_attributes).toMatchObject({ expires_at: null });
    expect((await stripe.billing.creditGrants.voidGrant(given.id)).voided_at).not.toBeNull();
    expect(await left(customer)).toEqual([0]);
    await expect(stripe.billing.creditGrants.expire(given.id)).rejects.toMatchObject({ statusCode: 400 });
    await expect(grant("cus_none", 1_000)).rejects.toMatchObject({ param: "customer", code: "resource_missing" });
    await expect(
      grant(customer, 1_000, { applicability_config: { scope: { prices: [{ id: "price_TEST123" }] } } }),
    ).rejects.toMatchObject({ param: "applicability_config[scope][prices][0][id]" });
    await expect(stripe.rawRequest("POST", "/v1/billing/credit_grants", { customer })).rejects.toMatchObject({
      code: "parameter_missing",
      param: "amount",
    });
  });
});
