import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BillingStory, billingStory } from "../billing/test-story.ts";

let story: BillingStory;
beforeEach(async () => {
  story = await billingStory();
});
afterEach(() => story.close());

const basics = { amount: 20_000, currency: "sek" };
const told = async () => {
  await story.control("POST", "/_control/webhooks/flush");
  return story.receiver.types();
};

describe("a charge by itself", () => {
  it("takes money from a token, and leaves a failed charge when the bank refuses", async () => {
    const { stripe } = story;
    const charge = await stripe.charges.create({ ...basics, source: "tok_visa", description: "Bok" });
    expect(charge).toMatchObject({
      captured: true,
      description: "Bok",
      payment_intent: null,
      source: { object: "card", brand: "Visa", last4: "4242" },
      status: "succeeded",
    });
    expect(await stripe.refunds.create({ charge: charge.id })).toMatchObject({ amount: 20_000, payment_intent: null });
    await expect(stripe.charges.create({ ...basics, source: "tok_chargeDeclined" })).rejects.toMatchObject({
      type: "StripeCardError",
      statusCode: 402,
      decline_code: "generic_decline",
      charge: expect.stringMatching(/^ch_/),
    });
    // Nobody is there to approve.
    await expect(stripe.charges.create({ ...basics, source: "tok_authenticationRequired" })).rejects.toMatchObject({
      code: "authentication_required",
    });
    expect((await stripe.charges.list()).data.map((one) => one.status)).toEqual(["failed", "failed", "succeeded"]);
    await expect(stripe.charges.create({ ...basics, source: "tok_none" })).rejects.toMatchObject({
      code: "resource_missing",
      param: "source",
    });
    await expect(stripe.charges.create({ ...basics, amount: 1, source: "tok_visa" })).rejects.toMatchObject({
      param: "amount",
    });
  });

  it("takes a customer's usual card, or another one of the customer's own", async () => {
    const { stripe } = story;
    const empty = await stripe.customers.create();
    await expect(stripe.charges.create({ ...basics, customer: empty.id })).rejects.toMatchObject({
      statusCode: 402,
      code: "missing",
      param: "card",
    });
    const customer = await stripe.customers.create({ source: "tok_visa" });
    const other = await stripe.customers.createSource(customer.id, { source: "tok_mastercard" });
    const usual = await stripe.charges.create({ ...basics, customer: customer.id });
    expect(usual.payment_method).toBe(customer.default_source);
    const named = await stripe.charges.create({ ...basics, customer: customer.id, source: other.id });
    expect(named.source).toMatchObject({ brand: "MasterCard", customer: customer.id });
    await expect(stripe.charges.create({ ...basics, customer: customer.id, source: "tok_visa" })).rejects.toMatchObject(
      { code: "missing", param: "source" },
    );
    // The usual card gone, the other one takes its place; and renewals are charged to it.
    await stripe.customers.deleteSource(customer.id, customer.default_source as string);
    expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ default_source: other.id });
    const subscription = await story.subscribe({ customer: customer.id, items: [{ price: "price_TEST123" }] });
    expect(subscription.status).toBe("active");
    expect(await told()).toEqual(
      expect.arrayContaining(["customer.source.created", "customer.source.deleted", "charge.succeeded"]),
    );
  });

  it("that only reserved is taken in part, let go, or goes back after a week", async () => {
    const { stripe } = story;
    await story.goTo("2027-04-01T00:00:00Z");
    const reserve = () => stripe.charges.create({ ...basics, source: "tok_visa", capture: false });
    const [taken, given, left] = [await reserve(), await reserve(), await reserve()];
    expect(taken).toMatchObject({ captured: false, amount_captured: 0, balance_transaction: null });
    expect(await stripe.charges.capture(taken.id, { amount: 5_000 })).toMatchObject({
      captured: true,
      amount_captured: 5_000,
    });
    await expect(stripe.charges.capture(taken.id)).rejects.toMatchObject({ code: "charge_already_captured" });
    expect(await stripe.refunds.create({ charge: given.id })).toMatchObject({ balance_transaction: null });
    const intent = await stripe.paymentIntents.create({
      ...basics,
      capture_method: "manual",
      confirm: true,
      payment_method: "pm_card_visa",
      return_url: "http://shop.test/",
    });
    await expect(stripe.charges.capture(intent.latest_charge as string)).rejects.toMatchObject({ param: "charge" });
    await story.goTo("2027-04-08T01:00:00Z");
    expect(await stripe.charges.retrieve(left.id)).toMatchObject({ captured: false, refunded: true });
    await expect(stripe.charges.capture(left.id)).rejects.toMatchObject({ code: "charge_expired_for_capture" });
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      status: "canceled",
      cancellation_reason: "automatic",
    });
    const types = await told();
    expect(types.filter((one) => one === "charge.expired")).toHaveLength(2);
    expect(types).toContain("charge.captured");
  });
});

describe("a reservation", () => {
  const reserve = (grows: "if_available" | "never") =>
    story.stripe.paymentIntents.create({
      ...basics,
      capture_method: "manual",
      confirm: true,
      payment_method: "pm_card_visa",
      payment_method_options: { card: { request_incremental_authorization: grows } },
      return_url: "http://shop.test/",
    });

  it("grows when that was asked for, and stays as it was when the bank refuses", async () => {
    const { stripe } = story;
    const intent = await reserve("if_available");
    const grown = await stripe.paymentIntents.incrementAuthorization(intent.id, { amount: 25_000 });
    expect(grown).toMatchObject({ amount: 25_000, amount_capturable: 25_000, status: "requires_capture" });
    await expect(stripe.paymentIntents.incrementAuthorization(intent.id, { amount: 25_000 })).rejects.toMatchObject({
      statusCode: 400,
      param: "amount",
    });
    await story.control("POST", `/_control/payment_methods/${intent.payment_method as string}/bank`, {
      refuses: "insufficient_funds",
    });
    await expect(stripe.paymentIntents.incrementAuthorization(intent.id, { amount: 30_000 })).rejects.toMatchObject({
      statusCode: 402,
      decline_code: "insufficient_funds",
    });
    expect(await stripe.paymentIntents.capture(intent.id)).toMatchObject({ amount_received: 25_000 });
    await expect(stripe.paymentIntents.incrementAuthorization(intent.id, { amount: 30_000 })).rejects.toMatchObject({
      code: "payment_intent_unexpected_state",
    });
    const updated = (await told()).filter((one) => one === "payment_intent.amount_capturable_updated");
    expect(updated).toHaveLength(2);
  });

  it("does not grow otherwise, nor an eleventh time", async () => {
    const { stripe } = story;
    await expect(
      stripe.paymentIntents.incrementAuthorization((await reserve("never")).id, { amount: 30_000 }),
    ).rejects.toMatchObject({ statusCode: 400 });
    const { id } = await reserve("if_available");
    for (let more = 1; more <= 10; more += 1)
      await stripe.paymentIntents.incrementAuthorization(id, { amount: 20_000 + more });
    await expect(stripe.paymentIntents.incrementAuthorization(id, { amount: 30_000 })).rejects.toMatchObject({
      message: expect.stringContaining("maximum of 10"),
    });
  });
});
