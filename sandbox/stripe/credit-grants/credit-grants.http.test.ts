import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BillingStory, billingStory } from "../billing/test-story.ts";
import { meteredPrice, use } from "../meters/test-usage.ts";

let story: BillingStory;
beforeEach(async () => {
  story = await billingStory();
  await story.goTo("2027-04-01T00:00:00Z");
});
afterEach(() => story.close());

/** Every figure was worked out by hand first. */
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
    const { price } = await meteredPrice(story, "sum", { unit_amount_decimal: undefined, unit_amount: 100 });
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
    await use(story, customer, 40);
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
    const { price } = await meteredPrice(story, "sum", { unit_amount_decimal: undefined, unit_amount: 100 });
    const customer = (await story.customer()).id;
    const until = Date.parse("2027-06-10T00:00:00Z") / 1000;
    const given = await grant(customer, 1_000, { expires_at: until, name: "Gåva" });
    const card = ((await stripe.customers.retrieve(customer)) as Stripe.Customer).invoice_settings
      .default_payment_method as string;
    const subscription = await story.subscribe({ customer, items: [{ price: price.id }] });
    await use(story, customer, 40);
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
