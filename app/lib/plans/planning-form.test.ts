import { describe, expect, it } from "vitest";
import { readPlanForm, typedAmount } from "./planning-form.ts";

const features = [
  { key: "hasAPI", kind: "boolean" },
  { key: "seats", kind: "number" },
  { key: "runs", kind: "metered" },
] as const;
const read = (form: Record<string, string>) => readPlanForm((name) => form[name] ?? "", features);

describe("the form in which a version of a plan is written", () => {
  it("leaves out what is empty, and reads amounts, keys and every kind of value", () => {
    const form = {
      "price.USD:month": "49,50",
      "seat.USD:month": "12",
      "key.USD:month": "pro:monthly",
      "holds.hasAPI": "no",
    };
    const { wish, faults } = read({ ...form, "holds.seats": "5", "holds.runs": "100", "name.sv": "Pro" });
    expect(faults).toEqual([]);
    expect(wish).toEqual({
      name: { sv: "Pro", en: "" },
      summary: { sv: "", en: "" },
      prices: [{ currency: "USD", interval: "month", amount: 4_950, seatAmount: 1_200, lookupKey: "pro:monthly" }],
      holds: [
        { feature: "hasAPI", value: false },
        { feature: "seats", value: 5 },
        { feature: "runs", value: { monthly: 100 } },
      ],
      ...{ trialDays: 0, trialWithoutCard: null, pauseKeeps: false },
    });
    expect(read({ pauseKeeps: "on" }).wish.pauseKeeps).toBe(true);
  });

  it("reads a trial with and without a card, and names days that are none", () => {
    const trial = (trialDays: string, trialCard = "") => read({ trialDays, trialCard });
    expect(trial("14", "pause").wish).toMatchObject({ trialDays: 14, trialWithoutCard: "pause" });
    expect(trial("14", "create_invoice").wish).toMatchObject({ trialWithoutCard: "create_invoice" });
    expect(trial("14", "anything").wish).toMatchObject({ trialWithoutCard: null });
    expect(trial("").wish).toMatchObject({ trialDays: 0, trialWithoutCard: null });
    for (const typed of ["1", "366", "two"]) expect(trial(typed).faults).toEqual([{ of: "trial", name: "trialDays" }]);
  });

  it("names what cannot be read", () => {
    expect(read({ "price.USD:month": "49", "seat.USD:month": "0" }).faults).toEqual([
      { of: "seat", name: "USD:month" },
    ]);
    expect(read({ "price.USD:year": "a lot", "holds.seats": "some" }).faults).toEqual([
      { of: "price", name: "USD:year" },
      { of: "value", name: "seats" },
    ]);
  });

  it("shows an amount as it is typed", () => expect([4_900, 4_950].map(typedAmount)).toEqual(["49", "49,50"]));
});
