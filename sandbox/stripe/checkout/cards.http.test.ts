import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postForm, startTestBench, submitCheckout, type TestBench } from "../../test-bench.ts";
import { goods, membership, type SessionParams } from "./test-offers.ts";

let bench: TestBench;
beforeAll(async () => {
  bench = await startTestBench();
});
afterAll(() => bench.close());

const open = (params: SessionParams) => bench.stripe.checkout.sessions.create(params);
const arrived = (type: string, id: string) =>
  bench.receiver.until((all) =>
    all.some(({ event }) => event.type === type && "id" in event.data.object && event.data.object.id === id),
  );

describe("a card that is refused", () => {
  it.each([
    ["4000 0000 0000 0002", "card_declined", "generic_decline", "Your card was declined."],
    ["4000 0000 0000 9995", "card_declined", "insufficient_funds", "Your card has insufficient funds."],
    ["4000 0000 0000 9987", "card_declined", "lost_card", "Your card was declined."],
    ["4000 0000 0000 9979", "card_declined", "stolen_card", "Your card was declined."],
    ["4000 0000 0000 0069", "expired_card", undefined, "Your card has expired."],
    ["4000 0000 0000 0127", "incorrect_cvc", undefined, "security code is incorrect"],
    ["4000 0000 0000 0119", "processing_error", undefined, "An error occurred while processing your card."],
    ["4000 0000 0000 0341", "card_declined", "generic_decline", "Your card was declined."],
  ])("%s leaves the session open and another card may follow", async (cardNumber, code, declineCode, words) => {
    const session = await open(goods);
    const refused = await submitCheckout(bench, session.id, { cardNumber });
    expect(refused.text.replaceAll("&#39;", "'")).toContain(words);
    const tried = await bench.stripe.checkout.sessions.retrieve(session.id, {
      expand: ["payment_intent.latest_charge"],
    });
    expect(tried).toMatchObject({
      status: "open",
      payment_status: "unpaid",
      payment_intent: {
        status: "requires_payment_method",
        last_payment_error: { code, type: "card_error" },
        latest_charge: { status: "failed", paid: false, failure_code: code },
      },
    });
    expect((tried.payment_intent as Stripe.PaymentIntent).last_payment_error?.decline_code).toBe(declineCode);
    expect((await submitCheckout(bench, session.id)).status).toBe(303);
    const charges = await bench.stripe.charges.list({
      payment_intent: (tried.payment_intent as Stripe.PaymentIntent).id,
    });
    expect(charges.data.map((one) => one.status)).toEqual(["succeeded", "failed"]);
  });

  it("makes no customer and no subscription", async () => {
    const counts = async () => [
      (await bench.stripe.customers.list({ limit: 100 })).data.length,
      (await bench.stripe.subscriptions.list({ limit: 100 })).data.length,
    ];
    const before = await counts();
    const session = await open(membership);
    await submitCheckout(bench, session.id, { cardNumber: "4000000000000002" });
    expect(await counts()).toEqual(before);
    const [latest] = (await bench.stripe.paymentIntents.list({ limit: 1 })).data;
    await arrived("payment_intent.payment_failed", latest?.id ?? "");
    expect(bench.receiver.types()).toContain("charge.failed");
  });
});

describe("3-D Secure", () => {
  const approve = (id: string, answer: string) => postForm(`${bench.sandbox.url}/c/pay/${id}/approve`, { answer });
  const begin = async (cardNumber: string, params: SessionParams = goods) => {
    const session = await open(params);
    const sent = await submitCheckout(bench, session.id, { cardNumber });
    expect([sent.status, sent.location]).toEqual([303, `/c/pay/${session.id}/approve`]);
    return session;
  };

  it.each(["4000000000003220", "4000002500003155", "4000002760003184"])(
    "with %s completes after approval",
    async (cardNumber) => {
      const session = await begin(cardNumber);
      expect(
        (await bench.stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent"] })).payment_intent,
      ).toMatchObject({ status: "requires_action" });
      expect((await approve(session.id, "complete")).location).toContain(session.id);
      const paid = await bench.stripe.checkout.sessions.retrieve(session.id, {
        expand: ["payment_intent.latest_charge"],
      });
      expect(paid).toMatchObject({
        status: "complete",
        payment_intent: {
          status: "succeeded",
          latest_charge: { payment_method_details: { card: { three_d_secure: { result: "authenticated" } } } },
        },
      });
    },
  );

  it("starts a subscription after approval", async () => {
    const session = await begin("4000002500003155", membership);
    await approve(session.id, "complete");
    expect(
      (await bench.stripe.checkout.sessions.retrieve(session.id, { expand: ["subscription"] })).subscription,
    ).toMatchObject({ status: "active" });
  });

  it.each([
    ["4000008260003178", "insufficient funds"],
    ["4000008400001629", "declined"],
  ])("with %s is refused by the bank after approval", async (cardNumber, words) => {
    const session = await begin(cardNumber);
    expect((await approve(session.id, "complete")).text).toContain(words);
    expect((await bench.stripe.checkout.sessions.retrieve(session.id)).status).toBe("open");
  });

  it("that fails makes no charge and leaves the session open", async () => {
    const session = await begin("4000000000003220");
    expect((await approve(session.id, "fail")).text).toContain("unable to authenticate");
    const failed = await bench.stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent"] });
    expect(failed).toMatchObject({
      status: "open",
      payment_intent: {
        status: "requires_payment_method",
        latest_charge: null,
        last_payment_error: { code: "payment_intent_authentication_failure" },
      },
    });
    expect((await submitCheckout(bench, session.id)).status).toBe(303);
  });

  it.each(["fail", "leave"])(
    "that ends with %s leaves on the page what was typed, but never the card",
    async (answer) => {
      const session = await begin("4000000000003220");
      await approve(session.id, answer);
      const text = await (await fetch(`${bench.sandbox.url}/c/pay/${session.id}`)).text();
      expect(text).toMatch(/name="email"[^>]*value="ada@example\.com"/);
      expect(text).toMatch(/name="billingName"[^>]*value="Ada Lovelace"/);
      expect(text).toMatch(/name="cardNumber"[^>]*value=""/);
    },
  );

  it("that is left comes back to an open page, and the old approval does nothing any more", async () => {
    const session = await begin("4000000000003220");
    expect((await approve(session.id, "leave")).location).toBe(`/c/pay/${session.id}`);
    expect((await approve(session.id, "complete")).location).toBe(`/c/pay/${session.id}`);
    expect((await bench.stripe.checkout.sessions.retrieve(session.id)).status).toBe("open");
    expect((await submitCheckout(bench, session.id)).status).toBe(303);
  });
});
