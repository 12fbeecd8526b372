import { expect, test } from "vitest";
import { t } from "../i18n/translate.ts";
import { creditWords, signedCredits } from "./credit-words.ts";

test.each([
  ["consume", "rapport", "rapport-1", "Använt · rapport · rapport-1"],
  ["reserve", "bild", null, "Reserverat · bild"],
  ["grant", "purchase", "orl_1", "Krediter tillagda · köp"],
  ["reclaim", "refund", "orl_1", "Återtaget efter återbetalning"],
  ["reclaim", "dispute", "orl_1", "Återtaget medan betalningen är bestridd"],
  ["restore", "dispute", "orl_1", "Tillbakalämnat"],
  ["remove", "Said to be rude", "cad_1", "Borttaget av personalen"],
  ["raise_debt", "refund", "orl_1", "Skuld efter återbetalning"],
])("%s for %s is told in the owner's words", (kind, reason, reference, words) => {
  expect(creditWords({ kind, reason, reference }, t("sv"))).toBe(words);
});

test("a change has its sign", () => {
  expect([signedCredits(1200, "en"), signedCredits(-5, "sv"), signedCredits(0, "sv")]).toEqual(["+1,200", "−5", "0"]);
});
