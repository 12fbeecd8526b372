import { describe, expect, test } from "vitest";
import { maskPayload } from "./mask-payload.ts";

const canaries = [
  "anna@example.se",
  "Anna Ek",
  "Storgatan 1",
  "+46701234567",
  "4242",
  "pi_1_secret_abc",
  "https://pay.example/c/pay/cs_1",
];
const session = {
  id: "evt_1",
  type: "checkout.session.completed",
  data: {
    object: {
      id: "cs_1",
      amount_total: 29900,
      url: "https://pay.example/c/pay/cs_1",
      customer_details: {
        email: "anna@example.se",
        name: "Anna Ek",
        phone: "+46701234567",
        address: { line1: "Storgatan 1", country: "SE" },
      },
      payment_intent: {
        client_secret: "pi_1_secret_abc",
        charges: [{ card: { brand: "visa", last4: "4242", exp_month: 12 } }],
      },
      metadata: { note: "write to anna@example.se please" },
    },
  },
};

describe("maskPayload", () => {
  test("leaves no personal data, card data or secret, at any depth and in free text", () => {
    const shown = maskPayload(session);
    for (const canary of canaries) expect(shown).not.toContain(canary);
  });

  test("keeps what staff need to understand the event", () => {
    const shown = JSON.parse(maskPayload(session)) as typeof session;
    expect(shown.data.object).toMatchObject({
      id: "cs_1",
      amount_total: 29900,
      customer_details: { address: { country: "SE" } },
    });
    expect(shown.data.object.payment_intent.charges[0]?.card).toEqual({
      brand: "visa",
      last4: "[masked]",
      exp_month: "[masked]",
    });
    expect(shown.data.object.metadata.note).toBe("write to [masked] please");
  });

  test("is text for whatever was stored", () => {
    expect(maskPayload(undefined)).toBe("null");
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(maskPayload(deep)).toMatch(/nested too deeply/);
  });
});
