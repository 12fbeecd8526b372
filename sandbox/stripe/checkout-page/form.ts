import { brandOf, type CardBehavior, cardByNumber, passesLuhn } from "../cards.ts";
import type { Buyer } from "../checkout/details.ts";
import type { CardEntry } from "../payment-methods/shape.ts";

export const fieldNames = [
  "email",
  "cardNumber",
  "cardExpiry",
  "cardCvc",
  "billingName",
  "billingCountry",
  "shippingName",
  "shippingLine1",
  "shippingPostalCode",
  "shippingCity",
  "shippingCountry",
] as const;
export type FieldName = (typeof fieldNames)[number];
export type FieldValues = Record<FieldName, string>;
export type FieldErrors = Partial<Record<FieldName, string>>;

/** What the page asks for. */
export interface Asked {
  /** Known already, so not asked. */
  email: string | null;
  shippingCountries: readonly string[] | null;
  /** Seconds on the sandbox clock: a card that is valid must still be so then. */
  now: number;
}

export type CheckedForm = { valid: true; buyer: Buyer; card: CardEntry } | { valid: false; errors: FieldErrors };

export function emptyValues(): FieldValues {
  return Object.fromEntries(fieldNames.map((name) => [name, ""])) as FieldValues;
}

export function readValues(form: FormData | URLSearchParams): FieldValues {
  return Object.fromEntries(fieldNames.map((name) => [name, String(form.get(name) ?? "").trim()])) as FieldValues;
}

/** `12 / 34`, `1234`, `12/2034` → month and year; undefined when it is no such thing. */
export function readExpiry(text: string): { month: number; year: number } | undefined {
  const match = /^(\d{1,2})\s*[/\-. ]?\s*(\d{2}|\d{4})$/.exec(text);
  if (!match) return undefined;
  const [month, year] = [Number(match[1]), Number(match[2])];
  return { month, year: year < 100 ? 2000 + year : year };
}

function numberError(digits: string, behavior: CardBehavior | undefined): string | undefined {
  if (digits === "") return "Enter the card number.";
  if (digits.length < 12 || !/^\d+$/.test(digits)) return "Your card number is incomplete.";
  if (!passesLuhn(digits)) return "Your card number is invalid.";
  if (!behavior) return "Your card was declined. This is test mode: use one of the test cards.";
  return undefined;
}

function expiryError(text: string, now: number): string | undefined {
  if (text === "") return "Enter the expiration date.";
  const expiry = readExpiry(text);
  if (!expiry) return "Your card's expiration date is incomplete.";
  if (expiry.month < 1 || expiry.month > 12) return "Your card's expiration month is invalid.";
  const today = new Date(now * 1000);
  const behind = expiry.year * 12 + expiry.month - (today.getUTCFullYear() * 12 + today.getUTCMonth() + 1);
  if (behind < 0) return "Your card's expiration date is in the past.";
  if (behind > 50 * 12) return "Your card's expiration year is invalid.";
  return undefined;
}

function cvcError(cvc: string, digits: string): string | undefined {
  if (cvc === "") return "Enter the security code.";
  const length = brandOf(digits) === "amex" ? 4 : 3;
  return /^\d+$/.test(cvc) && cvc.length === length ? undefined : "Your card's security code is incomplete.";
}

function shippingErrors(values: FieldValues, countries: readonly string[]): FieldErrors {
  const errors: FieldErrors = {};
  if (values.shippingName === "") errors.shippingName = "Enter the name of the recipient.";
  if (values.shippingLine1 === "") errors.shippingLine1 = "Enter the street address.";
  if (values.shippingPostalCode === "") errors.shippingPostalCode = "Enter the postal code.";
  if (values.shippingCity === "") errors.shippingCity = "Enter the city.";
  if (!countries.includes(values.shippingCountry)) errors.shippingCountry = "Choose a country.";
  return errors;
}

/** Checks everything at once, so that the page can show every error under its field. */
export function checkForm(values: FieldValues, asked: Asked): CheckedForm {
  const digits = values.cardNumber.replace(/[\s-]/g, "");
  const behavior = cardByNumber(digits);
  const email = asked.email ?? values.email;
  const found: FieldErrors = {
    email:
      /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) || asked.email !== null
        ? undefined
        : email === ""
          ? "Enter your email."
          : "Your email is incomplete.",
    cardNumber: numberError(digits, behavior),
    cardExpiry: expiryError(values.cardExpiry, asked.now),
    cardCvc: cvcError(values.cardCvc, digits),
    billingName: values.billingName === "" ? "Enter the name on the card." : undefined,
    ...(asked.shippingCountries ? shippingErrors(values, asked.shippingCountries) : {}),
  };
  const errors = Object.fromEntries(
    Object.entries(found).filter(([, message]) => message !== undefined),
  ) as FieldErrors;
  const expiry = readExpiry(values.cardExpiry);
  if (Object.keys(errors).length > 0 || !behavior || !expiry) return { valid: false, errors };
  const country = asked.shippingCountries ? values.shippingCountry : values.billingCountry || null;
  return {
    valid: true,
    buyer: {
      email,
      name: values.billingName,
      country,
      shipping: asked.shippingCountries
        ? {
            name: values.shippingName,
            line1: values.shippingLine1,
            postalCode: values.shippingPostalCode,
            city: values.shippingCity,
            country: values.shippingCountry,
          }
        : null,
    },
    card: {
      behavior,
      expMonth: expiry.month,
      expYear: expiry.year,
      email,
      name: values.billingName,
      country,
      postalCode: null,
    },
  };
}
