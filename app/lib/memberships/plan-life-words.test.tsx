import { describe, expect, it } from "vitest";
import { catalogues, type Message, type MessageKey } from "../i18n/catalogues.ts";
import { SAID_OF_A_PLAN } from "./plan-life-words.ts";

const pairs = Object.entries(SAID_OF_A_PLAN) as [MessageKey, MessageKey][];
const formsOf = (message: Message) => (typeof message === "string" ? [message] : [message.one, message.other]);
const blanks = (message: Message) => [...new Set(formsOf(message).flatMap((text) => text.match(/\{[^}]+\}/g) ?? []))];

describe("what is said of a plan in place of a membership", () => {
  it("fills no blank that the other has not", () => {
    for (const locale of ["sv", "en"] as const)
      for (const [of, instead] of pairs)
        expect(blanks(catalogues[locale][of]), `${locale} ${instead}`).toEqual(
          expect.arrayContaining(blanks(catalogues[locale][instead])),
        );
  });

  it("names neither a membership nor training", () => {
    for (const locale of ["sv", "en"] as const)
      for (const [, instead] of pairs)
        for (const text of formsOf(catalogues[locale][instead]))
          expect(text, instead).not.toMatch(/medlemskap|membership|träna|train/i);
  });
});
