import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { postForm } from "../../test-bench.ts";
import { type BillingStory, billingStory } from "../billing/test-story.ts";

let story: BillingStory;
beforeEach(async () => {
  story = await billingStory();
});
afterEach(() => story.close());

const basics = { amount: 20_000, currency: "sek" };

describe("a payment", () => {
  it("is taken at once, refused with what the bank said, or waits for a card", async () => {
    const { stripe } = story;
    const paid = await stripe.paymentIntents.create({ ...basics, payment_method: "pm_card_visa", confirm: true });
    expect(paid).toMatchObject({ status: "succeeded", amount_received: 20_000 });
    await expect(
      stripe.paymentIntents.create({
        ...basics,
        payment_method: "pm_card_chargeDeclinedInsufficientFunds",
        confirm: true,
      }),
    ).rejects.toMatchObject({
      statusCode: 402,
      code: "card_declined",
      decline_code: "insufficient_funds",
      payment_intent: { status: "requires_payment_method" },
    });
    // What was refused is there all the same.
    expect((await stripe.charges.list()).data.map((one) => one.status)).toEqual(["failed", "succeeded"]);
    const waiting = await stripe.paymentIntents.create(basics);
    expect(waiting.status).toBe("requires_payment_method");
    await expect(stripe.paymentIntents.confirm(waiting.id)).rejects.toMatchObject({
      code: "payment_intent_unexpected_state",
    });
    expect((await stripe.paymentIntents.confirm(waiting.id, { payment_method: "pm_card_visa" })).status).toBe(
      "succeeded",
    );
    await expect(stripe.paymentIntents.create({ ...basics, amount: 0 })).rejects.toMatchObject({
      statusCode: 400,
      code: "parameter_invalid_integer",
      param: "amount",
    });
  });

  it("that needs approval is approved on the bank's page, and comes back to the shop", async () => {
    const { stripe } = story;
    const intent = await stripe.paymentIntents.create({
      ...basics,
      payment_method: "pm_card_threeDSecure2Required",
      confirm: true,
      return_url: "http://shop.test/back",
    });
    expect(intent.status).toBe("requires_action");
    const url = intent.next_action?.redirect_to_url?.url ?? "";
    const text = await (await fetch(url, { headers: { "Accept-Language": "sv-SE" } })).text();
    expect(text).toContain("Godkänn hos din bank");
    const answered = await postForm(url, { answer: "complete" });
    expect(answered.location).toContain("redirect_status=succeeded");
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe("succeeded");
    expect((await postForm(url, { answer: "complete" })).status).toBe(303);
    expect((await stripe.charges.list({ payment_intent: intent.id })).data).toHaveLength(1);
  });

  it("that needs approval when nobody is there is refused", async () => {
    await expect(
      story.stripe.paymentIntents.create({
        ...basics,
        payment_method: "pm_card_authenticationRequired",
        confirm: true,
        off_session: true,
      }),
    ).rejects.toMatchObject({ statusCode: 402, code: "authentication_required" });
  });

  it("can be reserved first, then taken in part, or let go", async () => {
    const { stripe } = story;
    const reserve = () =>
      stripe.paymentIntents.create({
        ...basics,
        payment_method: "pm_card_visa",
        confirm: true,
        capture_method: "manual",
      });
    const held = await reserve();
    expect(held).toMatchObject({ status: "requires_capture", amount_capturable: 20_000, amount_received: 0 });
    await expect(stripe.paymentIntents.capture(held.id, { amount_to_capture: 20_001 })).rejects.toMatchObject({
      param: "amount_to_capture",
    });
    expect(await stripe.paymentIntents.capture(held.id, { amount_to_capture: 15_000 })).toMatchObject({
      status: "succeeded",
      amount_received: 15_000,
    });
    const { data } = await stripe.balanceTransactions.list();
    // 2.9 % of 150 kr are 4.35, and 30 öre.
    expect(data.map((one) => [one.amount, one.fee])).toEqual([[15_000, 465]]);
    const dropped = await reserve();
    expect(await stripe.paymentIntents.cancel(dropped.id, { cancellation_reason: "abandoned" })).toMatchObject({
      status: "canceled",
      amount_capturable: 0,
    });
    await expect(stripe.paymentIntents.capture(dropped.id)).rejects.toMatchObject({
      code: "payment_intent_unexpected_state",
    });
  });

  it("for a first invoice makes its subscription active", async () => {
    const { stripe } = story;
    const { id: customer } = await stripe.customers.create();
    const subscription = await stripe.subscriptions.create({
      customer,
      items: [{ price: "price_TEST123" }],
      payment_behavior: "default_incomplete",
      expand: ["latest_invoice.payments"],
    });
    const invoice = subscription.latest_invoice as Stripe.Invoice;
    const intent = invoice.payments?.data[0]?.payment.payment_intent as string;
    await stripe.paymentIntents.confirm(intent, { payment_method: "pm_card_visa" });
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
    expect((await stripe.invoices.retrieve(invoice.id)).status).toBe("paid");
    // The card is kept for renewals, as the payment was meant to.
    expect((await stripe.paymentMethods.list({ customer })).data).toHaveLength(1);
  });
});

describe("a setup", () => {
  it("saves a card for later, after approval where the bank wants it", async () => {
    const { stripe } = story;
    const { id: customer } = await stripe.customers.create();
    const plain = await stripe.setupIntents.create({ customer, payment_method: "pm_card_visa", confirm: true });
    expect(plain).toMatchObject({ status: "succeeded", usage: "off_session" });
    const asked = await stripe.setupIntents.create({
      customer,
      payment_method: "pm_card_authenticationRequiredOnSetup",
      confirm: true,
    });
    expect(asked.status).toBe("requires_action");
    await postForm(asked.next_action?.redirect_to_url?.url ?? "", { answer: "complete" });
    expect((await stripe.setupIntents.retrieve(asked.id)).status).toBe("succeeded");
    expect((await stripe.paymentMethods.list({ customer })).data).toHaveLength(2);
    await expect(
      stripe.setupIntents.create({ customer, payment_method: "pm_card_chargeDeclined", confirm: true }),
    ).rejects.toMatchObject({ statusCode: 402, code: "card_declined" });
    const open = await stripe.setupIntents.create({ customer });
    expect((await stripe.setupIntents.cancel(open.id)).status).toBe("canceled");
  });
});

describe("a payment method", () => {
  it("is attached, refused, detached, and then no customer's default", async () => {
    const { stripe } = story;
    const customer = await story.customer();
    const card = customer.invoice_settings.default_payment_method as string;
    await expect(
      stripe.paymentMethods.attach("pm_card_chargeDeclined", { customer: customer.id }),
    ).rejects.toMatchObject({
      statusCode: 402,
      decline_code: "generic_decline",
      param: "",
    });
    await expect(stripe.paymentMethods.attach("abcd", { customer: customer.id })).rejects.toMatchObject({
      statusCode: 404,
    });
    expect((await stripe.paymentMethods.detach(card)).customer).toBeNull();
    expect(await stripe.customers.retrieve(customer.id)).toMatchObject({
      invoice_settings: { default_payment_method: null },
    });
  });
});

const charged = async (token: string) => {
  const intent = await story.stripe.paymentIntents.create({ ...basics, payment_method: token, confirm: true });
  return intent.latest_charge as string;
};

describe("a refund that takes its time", () => {
  it("arrives a day later, or comes back", async () => {
    const { stripe } = story;
    const slow = await stripe.refunds.create({ charge: await charged("pm_card_pendingRefund") });
    const lost = await stripe.refunds.create({ charge: await charged("pm_card_refundFail"), amount: 5_000 });
    expect([slow.status, lost.status]).toEqual(["pending", "succeeded"]);
    await story.advance("P2D");
    expect((await stripe.refunds.retrieve(slow.id)).status).toBe("succeeded");
    expect(await stripe.refunds.retrieve(lost.id)).toMatchObject({ status: "failed", failure_reason: "unknown" });
    expect(await stripe.charges.retrieve(lost.charge as string)).toMatchObject({ amount_refunded: 0, refunded: false });
    expect(story.receiver.types()).toEqual(
      expect.arrayContaining(["refund.updated", "refund.failed", "charge.refund.updated"]),
    );
  });
});

describe("a dispute", () => {
  const balance = async (source: string) =>
    (await story.stripe.balanceTransactions.list({ source })).data.map((one) => [one.amount, one.fee, one.net]);

  it("that nobody answers is lost, with its fee", async () => {
    const { stripe } = story;
    const charge = await charged("pm_card_createDispute");
    const [dispute] = (await stripe.disputes.list({ charge })).data;
    expect(dispute).toMatchObject({ status: "needs_response", reason: "fraudulent", amount: 20_000 });
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ disputed: true });
    await story.advance("P10D");
    expect((await stripe.disputes.retrieve(dispute?.id ?? "")).status).toBe("lost");
    expect(await balance(dispute?.id ?? "")).toEqual([[-20_000, 1_500, -21_500]]);
  });

  it("with winning evidence is won, and the money comes back", async () => {
    const { stripe } = story;
    const charge = await charged("pm_card_createDisputeProductNotReceived");
    const [dispute] = (await stripe.disputes.list({ charge })).data;
    const answered = await stripe.disputes.update(dispute?.id ?? "", {
      evidence: { uncategorized_text: "winning_evidence" },
    });
    expect(answered.status).toBe("under_review");
    await story.advance("P8D");
    expect((await stripe.disputes.retrieve(answered.id)).status).toBe("won");
    expect((await balance(answered.id)).reduce((sum, [amount = 0]) => sum + amount, 0)).toBe(0);
    expect(story.receiver.types()).toEqual(
      expect.arrayContaining([
        "charge.dispute.created",
        "charge.dispute.funds_withdrawn",
        "charge.dispute.updated",
        "charge.dispute.closed",
        "charge.dispute.funds_reinstated",
      ]),
    );
  });

  it("can be opened for any charge, and be conceded", async () => {
    const { stripe } = story;
    const charge = await charged("pm_card_visa");
    await story.control("POST", `/_control/charges/${charge}/dispute`, { kind: "inquiry" });
    const [inquiry] = (await stripe.disputes.list({ charge })).data;
    expect(inquiry?.status).toBe("warning_needs_response");
    expect((await stripe.disputes.close(inquiry?.id ?? "")).status).toBe("warning_closed");
    await expect(stripe.disputes.close(inquiry?.id ?? "")).rejects.toMatchObject({ statusCode: 400 });
  });
});
