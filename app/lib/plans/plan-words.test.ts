import { describe, expect, it } from "vitest";
import { t } from "../i18n/translate.ts";
import { featureValueOf, type Reasoned, reasonWords, valueWord } from "./plan-words.ts";

const en = { t: t("en"), locale: "en" as const };
const names = { pro: "Pro", enterprise: "Enterprise" };
const reason = (of: Partial<Reasoned>) =>
  reasonWords(
    { value: false, because: { source: "plan", endsAt: null }, onPlans: { pilot: false, pro: true }, ...of },
    "Pilot",
    names,
    en,
  );

describe("why an organization has something or has it not", () => {
  it("says so in a sentence", () => {
    expect(reason({ value: true })).toBe("It is part of Pilot.");
    expect(reason({})).toBe("It is not part of Pilot. It is part of Pro.");
    expect(reason({ onPlans: { pilot: false, pro: true, enterprise: true } })).toBe(
      "It is not part of Pilot. It is part of Pro and Enterprise.",
    );
    expect(reason({ onPlans: {} })).toBe("It is not part of Pilot.");
    expect(reason({ because: null, value: null })).toBe("The plan says nothing of it.");
    expect(reason({ because: { source: "override", endsAt: null } })).toBe("It has been agreed.");
    expect(reason({ because: { source: "override", endsAt: null, reason: "Promised in a call" } })).toBe(
      "It has been agreed. “Promised in a call”",
    );
    expect(reason({ because: { source: "override", endsAt: new Date("2026-12-01T12:00:00Z") } })).toMatch(
      /until 1 December 2026/,
    );
  });

  it("says what it is worth, and reads it back", () => {
    expect([true, false, null, 5, { monthly: 100 }].map((value) => valueWord(value, en.t))).toEqual([
      "Yes",
      "No",
      "No",
      "5",
      "100 a month",
    ]);
    expect(["Ja", "yes", "nej", "NO", "5", "-1", "1.5", ""].map(featureValueOf)).toEqual([
      true,
      true,
      false,
      false,
      5,
      null,
      null,
      null,
    ]);
  });
});
