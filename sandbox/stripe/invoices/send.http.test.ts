import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { postForm } from "../../test-bench.ts";
import { type BillingStory, billingStory } from "../billing/test-story.ts";

let story: BillingStory;
beforeEach(async () => {
  story = await billingStory();
});
afterEach(() => story.close());

async function draft(days = 10) {
  const customer = await story.stripe.customers.create({ email: "ada@example.com" });
  await story.stripe.invoiceItems.create({ customer: customer.id, amount: 25_000, currency: "sek" });
  return story.stripe.invoices.create({
    customer: customer.id,
    collection_method: "send_invoice",
    days_until_due: days,
    pending_invoice_items_behavior: "include",
  });
}
const mail = async () =>
  (await story.control("GET", "/_control/mail?to=ada@example.com")) as { mail: { subject: string; links: string[] }[] };
const types = async (id: string) =>
  (await story.stripe.events.list({ limit: 100 })).data
    .filter((one) => (one.data.object as { id?: string }).id === id)
    .map((one) => one.type)
    .reverse();

describe("an invoice that is sent", () => {
  it("goes to the mailbox, is paid on its page, and is never charged by itself", async () => {
    const made = await draft();
    expect(made).toMatchObject({
      status: "draft",
      collection_method: "send_invoice",
      due_date: made.created + 864_000,
    });
    const sent = await story.stripe.invoices.sendInvoice(made.id);
    expect(sent).toMatchObject({ status: "open", attempted: false, next_payment_attempt: null });
    const [letter] = (await mail()).mail;
    expect(letter?.subject).toBe(`Invoice ${sent.number} from Kraftverk`);
    expect(letter?.links).toContain(sent.hosted_invoice_url);
    const url = (letter?.links[0] ?? "").replace("localhost", "127.0.0.1");
    expect(await (await fetch(url)).text()).toContain("Due");
    await postForm(url, { number: "4242424242424242", expiry: "12 / 39", cvc: "123" });
    expect((await story.stripe.invoices.retrieve(made.id)).status).toBe("paid");
    expect(await types(made.id)).toEqual([
      "invoice.created",
      "invoice.finalized",
      "invoice.sent",
      "invoice.paid",
      "invoice.payment_succeeded",
    ]);
    await story.advance("P20D");
    expect(await types(made.id)).not.toContain("invoice.overdue");
  });

  it("is overdue when its day has come, and its subscription past due, then over", async () => {
    const { stripe } = story;
    const customer = await stripe.customers.create({ email: "ada@example.com" });
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: "price_TEST123" }],
      collection_method: "send_invoice",
      days_until_due: 7,
      expand: ["latest_invoice"],
    });
    expect(subscription).toMatchObject({ status: "active", latest_invoice: { status: "draft", auto_advance: true } });
    await story.advance("PT2H");
    const [first] = await story.invoices(subscription.id);
    expect(first).toMatchObject({ status: "open", attempt_count: 0 });
    expect((await mail()).mail).toHaveLength(1);
    await story.advance("P7D");
    expect(await types(first?.id ?? "")).toContain("invoice.overdue");
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("past_due");
    await stripe.invoices.pay(first?.id ?? "", { paid_out_of_band: true });
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
    // The next one is never paid: a month and a week on it is overdue, thirty days later everything is over.
    await story.advance("P2M10D");
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      status: "canceled",
      cancellation_details: { reason: "payment_failed" },
    });
    expect((await stripe.charges.list({ customer: customer.id })).data).toEqual([]);
  });

  it("is refused in the provider's words", async () => {
    const { stripe } = story;
    const [known, nobody] = [await story.customer(), await stripe.customers.create({})];
    const send = (customer: string, given: object) =>
      stripe.invoices.create({ customer, collection_method: "send_invoice", ...given });
    await expect(send(nobody.id, { days_until_due: 3 })).rejects.toMatchObject({
      message: expect.stringContaining("the customer must have a valid email"),
    });
    await expect(send(known.id, {})).rejects.toMatchObject({ code: "parameter_missing", param: "days_until_due" });
    await expect(send(known.id, { days_until_due: 3, due_date: 4_000_000_000 })).rejects.toMatchObject({
      code: "parameters_exclusive",
    });
    await expect(stripe.invoices.create({ customer: known.id, days_until_due: 3 })).rejects.toMatchObject({
      param: "days_until_due",
    });
    const charged = await stripe.invoices.create({ customer: known.id });
    await expect(stripe.invoices.sendInvoice(charged.id)).rejects.toMatchObject({ statusCode: 400 });
    await expect(stripe.invoices.sendInvoice("in_none")).rejects.toMatchObject({ statusCode: 404 });
  });
});
