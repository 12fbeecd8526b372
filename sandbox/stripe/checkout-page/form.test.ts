import { describe, expect, it } from "vitest";
import { checkForm, emptyValues, type FieldValues, readExpiry } from "./form.ts";
import { checkoutWords } from "./words.ts";

const now = Date.parse("2026-11-21T00:00:00Z") / 1000;
const filled: FieldValues = {
  ...emptyValues(),
  email: "ada@example.com",
  cardNumber: "4242 4242 4242 4242",
  cardExpiry: "12/34",
  cardCvc: "123",
  billingName: "Ada",
};
const asked = { email: null, shippingCountries: null, now };
const errors = (values: Partial<FieldValues>) => {
  const checked = checkForm({ ...filled, ...values }, asked);
  const said = checked.valid ? [] : Object.entries(checked.errors);
  return Object.fromEntries(said.map(([name, word]) => [name, checkoutWords.en.errors[word]]));
};

describe("the card form", () => {
  it("is accepted when filled in", () => {
    const checked = checkForm(filled, asked);
    expect(checked).toMatchObject({
      valid: true,
      card: { expMonth: 12, expYear: 2034, behavior: { last4: "4242" } },
      buyer: { email: "ada@example.com" },
    });
  });

  it("names every field that lacks something, all at once", () => {
    const checked = checkForm(emptyValues(), { ...asked, shippingCountries: ["SE"] });
    expect(Object.keys(checked.valid ? {} : checked.errors).sort()).toEqual([
      "billingName",
      "cardCvc",
      "cardExpiry",
      "cardNumber",
      "email",
      "shippingCity",
      "shippingCountry",
      "shippingLine1",
      "shippingName",
      "shippingPostalCode",
    ]);
  });

  it.each([
    [{ cardNumber: "4242 4242 4242 4241" }, "cardNumber", "invalid"],
    [{ cardNumber: "4242" }, "cardNumber", "incomplete"],
    [{ cardNumber: "4111 1111 1111 1111" }, "cardNumber", "test cards"],
    [{ cardExpiry: "10/26" }, "cardExpiry", "in the past"],
    [{ cardExpiry: "13/30" }, "cardExpiry", "month is invalid"],
    [{ cardExpiry: "12/95" }, "cardExpiry", "year is invalid"],
    [{ cardCvc: "12" }, "cardCvc", "incomplete"],
    [{ cardNumber: "3782 822463 10005" }, "cardCvc", "incomplete"],
    [{ email: "ada" }, "email", "incomplete"],
  ] as const)("refuses %o", (values, field, words) => {
    expect(errors(values)[field]).toContain(words);
  });

  it("accepts a card through the month in which it expires", () => {
    expect(errors({ cardExpiry: "11/26" })).toEqual({});
  });

  it("reads expiry dates as people write them", () => {
    expect([
      readExpiry("12 / 34"),
      readExpiry("1234"),
      readExpiry("12-2034"),
      readExpiry("1/30"),
      readExpiry("soon"),
    ]).toEqual([
      { month: 12, year: 2034 },
      { month: 12, year: 2034 },
      { month: 12, year: 2034 },
      { month: 1, year: 2030 },
      undefined,
    ]);
  });
});
