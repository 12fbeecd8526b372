import { describe, expect, it } from "vitest";
import type { SessionRequest } from "../../checkout/gateway.ts";
import { sessionParams } from "./checkout-sessions.ts";

const request: SessionRequest = {
  idempotencyKey: "crt_1:1:abc:1",
  checkoutId: "chk_1",
  mode: "payment",
  lines: [{ stripePriceId: "price_1", quantity: 2 }],
  stripeCustomerId: null,
  email: null,
  locale: "sv",
  requiresShipping: true,
  trialDays: 0,
  trialWithoutCard: null,
  successUrl: "https://shop.example/checkout/return?ref=r",
  cancelUrl: "https://shop.example/cart",
  expiresAt: new Date("2026-11-20T10:35:00.999Z"),
  credits: null,
  organizationId: null,
};

describe("the call that opens a payment page", () => {
  it("names stored prices only, and nothing that could set an amount", () => {
    expect(sessionParams(request).line_items).toEqual([{ price: "price_1", quantity: 2 }]);
    expect(JSON.stringify(sessionParams(request))).not.toMatch(/price_data|unit_amount|"amount/);
  });

  it("is the same every time it is sent", () => {
    expect(sessionParams({ ...request })).toEqual(sessionParams(request));
    expect(sessionParams(request).expires_at).toBe(1_795_170_900);
  });

  it("says whom credits are for, and never how many", () => {
    const credits = { userId: "usr_1", keyId: "key_1" };
    const { metadata, payment_intent_data } = sessionParams({ ...request, credits });
    expect(metadata).toEqual({ checkout_id: "chk_1", userId: "usr_1", keyId: "key_1" });
    expect(payment_intent_data).toEqual({ metadata });
    expect(sessionParams({ ...request, credits: { ...credits, keyId: null } }).metadata).toEqual({
      checkout_id: "chk_1",
      userId: "usr_1",
    });
    expect(sessionParams({ ...request, credits: { ...credits, keepCard: true } }).payment_intent_data).toMatchObject({
      setup_future_usage: "off_session",
    });
  });

  it("carries our id everywhere it can be read again", () => {
    expect(sessionParams(request)).toMatchObject({
      client_reference_id: "chk_1",
      metadata: { checkout_id: "chk_1" },
      payment_intent_data: { metadata: { checkout_id: "chk_1" } },
    });
    expect(sessionParams({ ...request, mode: "subscription" })).toMatchObject({
      subscription_data: { metadata: { checkout_id: "chk_1" } },
    });
  });

  it("begins a membership with the trial that was agreed, and with none where none was", () => {
    const membership = { ...request, mode: "subscription" as const };
    expect(sessionParams({ ...membership, trialDays: 14 })).toMatchObject({
      subscription_data: { metadata: { checkout_id: "chk_1" }, trial_period_days: 14 },
    });
    const free = sessionParams({ ...membership, trialDays: 14, trialWithoutCard: "pause" });
    expect(free).toMatchObject({
      payment_method_collection: "if_required",
      subscription_data: { trial_settings: { end_behavior: { missing_payment_method: "pause" } } },
    });
    // Every trial ends so there unless it is told otherwise: the mark says that this one was sold so.
    const billed = sessionParams({ ...membership, trialDays: 14, trialWithoutCard: "create_invoice" });
    expect(billed.subscription_data?.metadata).toEqual({ checkout_id: "chk_1", trial_without_card: "create_invoice" });
    expect(billed.metadata).not.toHaveProperty("trial_without_card");
    expect(sessionParams({ ...membership, trialDays: 14 })).not.toHaveProperty("payment_method_collection");
    expect(sessionParams(membership).subscription_data).not.toHaveProperty("trial_period_days");
  });

  it("offers a known customer their own card, and makes a guest a customer", () => {
    const known = sessionParams({ ...request, stripeCustomerId: "cus_1", email: null });
    expect(known).toMatchObject({ customer: "cus_1" });
    expect(known).not.toHaveProperty("customer_creation");
    expect(sessionParams({ ...request, email: "a@example.se" })).toMatchObject({
      customer_email: "a@example.se",
      customer_creation: "always",
    });
    expect(sessionParams({ ...request, mode: "subscription" })).not.toHaveProperty("customer_creation");
  });

  it("asks for an address where there are goods: Sweden first, the EU, nobody else", () => {
    const countries = sessionParams(request).shipping_address_collection?.allowed_countries ?? [];
    expect(countries[0]).toBe("SE");
    expect(new Set(countries).size).toBe(27);
    expect(countries).not.toContain("GB");
    expect(sessionParams({ ...request, requiresShipping: false })).not.toHaveProperty("shipping_address_collection");
  });

  it("takes cards on the hosted page", () => {
    expect(sessionParams(request)).toMatchObject({ ui_mode: "hosted_page", allowed_payment_method_types: ["card"] });
  });
});
