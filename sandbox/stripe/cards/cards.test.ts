import { describe, expect, it } from "vitest";
import { judge } from "../payment-intents/pay.ts";
import { cardByNumber, cardByToken } from "./look-up.ts";
import { brandOf, passesLuhn } from "./numbers.ts";
import { testCards } from "./test-cards.ts";

const card = (ending: string) => {
  const found = testCards.find(({ number }) => number.endsWith(ending));
  const behavior = cardByNumber(found?.number ?? "");
  if (!behavior) throw new Error(`no test card ends in ${ending}`);
  return behavior;
};
const present = { approved: false, offSession: false };
const approved = { approved: true, offSession: false };
const alone = { approved: false, offSession: true };

describe("test cards", () => {
  it("have numbers that a form accepts, of the brand they say", () => {
    for (const { number, brand } of testCards) {
      expect(passesLuhn(number)).toBe(true);
      expect(brandOf(number)).toBe(brand ?? "visa");
    }
    expect(passesLuhn("4242424242424241")).toBe(false);
  });

  it("exist for no other number", () => {
    expect(cardByNumber("4111111111111111")).toBeUndefined();
  });

  it("are found by their tokens too", () => {
    expect(cardByToken("pm_card_visa")?.last4).toBe("4242");
    expect(cardByToken("pm_card_visa_chargeDeclined")).toEqual(cardByToken("pm_card_chargeDeclined"));
  });

  it.each([
    ["4242", null, null, null],
    ["9995", "insufficient_funds", "insufficient_funds", "insufficient_funds"],
    ["0341", "generic", "generic", "generic"],
    ["3220", "needs_approval", null, null],
    ["3155", "needs_approval", null, null],
    ["3184", "needs_approval", null, "authentication"],
    ["3178", "needs_approval", "insufficient_funds", "insufficient_funds"],
    ["1629", "needs_approval", "generic", "generic"],
  ])("…%s: at the page %s, after approval %s, at a renewal %s", (ending, atPage, afterApproval, renewal) => {
    expect(judge(card(ending), present)).toBe(atPage);
    expect(judge(card(ending), approved)).toBe(afterApproval);
    expect(judge(card(ending), alone)).toBe(renewal);
  });
});
