import { describe, expect, it } from "vitest";
import { t } from "../i18n/translate.ts";
import { consequenceOf, reasonOf, type WithdrawalFacts } from "./withdrawal-words.ts";

const NOW = new Date("2026-11-23T12:00:00Z");
const facts: WithdrawalFacts = {
  ...{ status: "refunded", receivedAt: NOW, refundDueAt: NOW, refundAmount: 29_900, wholeAmount: 29_900 },
  ...{ currency: "SEK", reviewReason: null, refusal: null },
};
const said = (other: Partial<WithdrawalFacts>, expected = { amount: 0, review: null }) =>
  consequenceOf({ ...facts, ...other }, expected, { t: t("sv"), locale: "sv", to: "Kraftverk, Turbingatan 4" });

describe("what follows of a withdrawal", () => {
  it.each([
    ["is on its way once it was paid back", {}, "299,00\u00a0kr är på väg tillbaka"],
    [
      "is nothing more where the bank has paid it back, whose money is not on its way a second time",
      { reviewReason: "disputed", refusal: "paid_by_bank" } as const,
      "Banken har redan betalat tillbaka",
    ],
    ["waits for goods", { status: "needs_review", reviewReason: "goods_to_return" } as const, "Turbingatan 4"],
    ["is refused with a reason", { status: "refused", refusal: "Den är använd." } as const, "Den är använd."],
  ])("%s", (_, other, words) => {
    expect(said(other)).toContain(words);
    if (words.startsWith("Banken")) expect(said(other)).not.toContain("på väg");
  });
});

it.each([
  ["too_late", "Ångertiden hade gått ut, så inget betalas tillbaka."],
  ["paid_by_bank", "Banken har redan betalat tillbaka, efter att köpet bestreds där. Mer betalas inte tillbaka."],
  ["Den är använd.", "Den är använd."],
])("the reason %s stands before staff as the buyer is told it", (refusal, words) => {
  expect(reasonOf(refusal, t("sv"))).toBe(words);
});
