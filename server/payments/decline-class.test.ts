import { describe, expect, it } from "vitest";
import { declineClass, mayRetrySameCard } from "./decline-class.ts";

describe("declineClass", () => {
  it.each([
    ["insufficient_funds", "funds"],
    ["expired_card", "expired"],
    ["incorrect_cvc", "details"],
    ["incorrect_number", "details"],
    ["authentication_required", "needs_approval"],
    ["card_not_supported", "blocked_online"],
    ["processing_error", "technical"],
    ["generic_decline", "generic"],
  ])("%s is %s", (code, expected) => {
    expect(declineClass(code)).toBe(expected);
  });

  it.each([
    "lost_card",
    "stolen_card",
    "pickup_card",
    "fraudulent",
    "merchant_blacklist",
    "toString",
    "a code from next year",
  ])("%s is told like any other no", (code) => {
    expect(declineClass(code)).toBe("generic");
  });

  it("no code is an ordinary no", () => {
    expect(declineClass(null)).toBe("generic");
  });

  it("a card that cannot work is not offered again", () => {
    expect(mayRetrySameCard("expired")).toBe(false);
    expect(mayRetrySameCard("generic")).toBe(false);
    expect(mayRetrySameCard("technical")).toBe(true);
  });
});
