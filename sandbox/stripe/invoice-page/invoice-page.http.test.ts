import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { postForm } from "../../test-bench.ts";
import { type BillingStory, billingStory } from "../billing/test-story.ts";

let story: BillingStory;
beforeEach(async () => {
  story = await billingStory();
});
afterEach(() => story.close());

async function openInvoice() {
  const customer = await story.customer();
  await story.stripe.invoiceItems.create({
    customer: customer.id,
    amount: 12_300,
    currency: "sek",
    description: "Kurs",
  });
  const draft = await story.stripe.invoices.create({
    customer: customer.id,
    pending_invoice_items_behavior: "include",
  });
  const open = await story.stripe.invoices.finalizeInvoice(draft.id);
  return { id: open.id, url: (open.hosted_invoice_url ?? "").replace("localhost", "127.0.0.1") };
}

describe("the invoice's page", () => {
  it("is there in print, in the customer's language", async () => {
    const { id, url } = await openInvoice();
    const { invoice_pdf: pdf, customer } = await story.stripe.invoices.retrieve(id);
    await story.stripe.customers.update(customer as string, { preferred_locales: ["sv"] });
    const answer = await fetch((pdf ?? "").replace("localhost", "127.0.0.1"));
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/pdf"]);
    const text = Buffer.from(await answer.arrayBuffer()).toString("latin1");
    expect(text.startsWith("%PDF-1.4")).toBe(true);
    expect(text).toContain("(Kvar att betala)");
    expect(text).toContain("(123,00 kr)");
    expect(await (await fetch(url)).text()).toContain("Download as PDF");
    expect((await fetch(url.replace(id, "in_none/pdf"))).status).toBe(404);
  });

  it("shows what is owed in the visitor's language, and is paid with the card on file", async () => {
    const { id, url } = await openInvoice();
    const swedish = await (await fetch(url, { headers: { "Accept-Language": "sv" } })).text();
    expect(swedish).toContain("Kvar att betala");
    expect(swedish).toMatch(/Betala 123,00\skr med kortet som slutar på 4242/);
    expect((await postForm(url, { saved: "1" })).status).toBe(303);
    expect(await story.stripe.invoices.retrieve(id)).toMatchObject({ status: "paid", amount_remaining: 0 });
    expect(await (await fetch(url)).text()).toContain("This invoice is paid. Thank you.");
  });

  it("says why a card was refused, and takes another", async () => {
    const { id, url } = await openInvoice();
    const typed = (number: string) => postForm(url, { number, expiry: "12 / 39", cvc: "123" });
    expect((await typed("4000000000009995")).text).toContain("insufficient funds");
    expect((await typed("4111")).text).toContain("This card cannot be used.");
    expect((await typed("4242 4242 4242 4242")).status).toBe(303);
    expect((await story.stripe.invoices.retrieve(id)).status).toBe("paid");
    expect((await typed("4242 4242 4242 4242")).text).toContain("This invoice is paid.");
    expect((await story.stripe.charges.list({ limit: 100 })).data.filter((one) => one.paid)).toHaveLength(1);
  });

  it("sends to the bank when that asks, and is paid after the answer", async () => {
    const { id, url } = await openInvoice();
    const { location } = await postForm(url, { number: "4000002760003184", expiry: "12 / 39", cvc: "123" });
    expect(location).toContain("/approve/pi_");
    await postForm((location ?? "").replace("localhost", "127.0.0.1"), { answer: "complete" });
    expect((await story.stripe.invoices.retrieve(id)).status).toBe("paid");
  });
});
