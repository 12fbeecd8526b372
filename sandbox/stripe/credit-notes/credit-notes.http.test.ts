import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BillingStory, billingStory } from "../billing/test-story.ts";

let story: BillingStory;
beforeAll(async () => {
  story = await billingStory();
});
afterAll(() => story.close());

/** An invoice of 300 and 100 kronor. */
async function invoice(pay: boolean): Promise<Stripe.Invoice> {
  const { stripe } = story;
  const customer = await story.customer();
  for (const amount of [30_000, 10_000])
    await stripe.invoiceItems.create({ customer: customer.id, amount, currency: "sek" });
  const draft = await stripe.invoices.create({ customer: customer.id, pending_invoice_items_behavior: "include" });
  const open = await stripe.invoices.finalizeInvoice(draft.id, { auto_advance: false });
  return pay ? stripe.invoices.pay(open.id) : open;
}
const reload = (one: Stripe.Invoice) => story.stripe.invoices.retrieve(one.id);
const balanceOf = async (one: Stripe.Invoice) => {
  const customer = await story.stripe.customers.retrieve(one.customer as string);
  return customer.deleted ? undefined : customer.balance;
};

describe("a credit note", () => {
  it("on an open invoice lowers what is owed, shared among its lines, until it is taken back", async () => {
    const open = await invoice(false);
    const note = await story.stripe.creditNotes.create({ invoice: open.id, amount: 8_000, reason: "order_change" });
    // 300 : 100 is three parts and one: 60 and 20.
    expect(note.lines.data.map((one) => one.amount)).toEqual([6_000, 2_000]);
    expect(note).toMatchObject({ type: "pre_payment", status: "issued", number: `${open.number}-CN-01` });
    expect(await reload(open)).toMatchObject({ amount_remaining: 32_000, pre_payment_credit_notes_amount: 8_000 });
    await story.stripe.creditNotes.voidCreditNote(note.id);
    expect(await reload(open)).toMatchObject({ amount_remaining: 40_000, pre_payment_credit_notes_amount: 0 });
    await expect(story.stripe.creditNotes.voidCreditNote(note.id)).rejects.toMatchObject({ statusCode: 400 });
  });

  it("over all of it pays an open invoice without any money", async () => {
    const open = await invoice(false);
    await story.stripe.creditNotes.create({ invoice: open.id, amount: 40_000 });
    expect(await reload(open)).toMatchObject({ status: "paid", amount_due: 0, amount_paid: 0 });
    expect((await story.stripe.charges.list({ customer: open.customer as string })).data).toEqual([]);
  });

  it("on a paid invoice goes to the balance and back to the card, as was asked, and never beyond it", async () => {
    const paid = await invoice(true);
    const [line] = paid.lines.data;
    const ask = (credit_amount: number, refund_amount: number) =>
      story.stripe.creditNotes.create({
        invoice: paid.id,
        lines: [{ type: "invoice_line_item", invoice_line_item: line?.id ?? "", amount: 10_000 }],
        credit_amount,
        refund_amount,
      });
    await expect(ask(1_000, 0)).rejects.toMatchObject({ param: "amount" });
    const note = await ask(4_000, 6_000);
    expect(note).toMatchObject({ type: "post_payment", post_payment_amount: 10_000, refunds: [{ type: "refund" }] });
    expect(await balanceOf(paid)).toBe(-4_000);
    const [charge] = (await story.stripe.charges.list({ customer: paid.customer as string })).data;
    expect(charge).toMatchObject({ amount: 40_000, amount_refunded: 6_000 });
    await expect(
      story.stripe.creditNotes.create({ invoice: paid.id, amount: 30_001, credit_amount: 30_001 }),
    ).rejects.toMatchObject({ param: "amount" });
    expect((await story.stripe.creditNotes.list({ invoice: paid.id })).data.map((one) => one.id)).toEqual([note.id]);
  });

  it("that is only looked at changes nothing", async () => {
    const open = await invoice(false);
    const seen = await story.stripe.creditNotes.preview({
      invoice: open.id,
      lines: [{ type: "custom_line_item", description: "Sen leverans", unit_amount: 500, quantity: 2 }],
    });
    expect(seen).toMatchObject({ total: 1_000, pre_payment_amount: 1_000 });
    expect((await story.stripe.creditNotes.list({ invoice: open.id })).data).toEqual([]);
    expect((await reload(open)).amount_remaining).toBe(40_000);
  });
});
