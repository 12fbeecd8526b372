import Stripe from "stripe";
import { expect, it } from "vitest";
import { signatureHeader } from "./signature.ts";

it("signs as the published check vector says", () => {
  expect(signatureHeader("whsec_test_secret", 1_700_000_000, '{"id":"evt_1"}')).toBe(
    "t=1700000000,v1=248a374f50f943a28b0f6ab50faf9a7e7e29b710fa26df9fb1618b9bf8ea9c9a",
  );
});

it("is accepted by the official client, and not for another body", () => {
  const { webhooks } = new Stripe("sk_test_x");
  const body = JSON.stringify({ id: "evt_1", object: "event", note: "å" });
  const header = signatureHeader("whsec_abc", 1_800_000_000, body);
  expect(webhooks.constructEvent(body, header, "whsec_abc", 300, undefined, 1_800_000_000).id).toBe("evt_1");
  expect(() => webhooks.constructEvent(`${body} `, header, "whsec_abc", 300, undefined, 1_800_000_000)).toThrow();
});
