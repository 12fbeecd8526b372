import { describe, expect, it } from "vitest";
import { declineClass } from "./decline-class.ts";

describe("declineClass", () => {
  it.each([
    ["insufficient_funds", "funds"],
    ["expired_card", "expired"],
    ["incorrect_cvc", "cvc"],
    ["incorrect_number", "number"],
    ["authentication_required", "approval"],
    ["card_not_supported", "blocked"],
    ["processing_error", "technical"],
    ["generic_decline", "generic"],
  ])("%s is %s", (code, expected) => {
    expect(declineClass(code)).toBe(expected);
  });

  it.each([
    ...["lost_card", "stolen_card", "pickup_card", "fraudulent", "merchant_blacklist"],
    ...["toString", "a code from next year"],
  ])("%s is told like any other no", (code) => {
    expect(declineClass(code)).toBe("generic");
  });

  it("no code is an ordinary no", () => {
    expect(declineClass(null)).toBe("generic");
  });
});
