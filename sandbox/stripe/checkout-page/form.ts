import type { CardBehavior } from "../cards/behavior.ts";
import { cardByNumber } from "../cards/look-up.ts";
import { brandOf, passesLuhn } from "../cards/numbers.ts";
import type { Buyer } from "../checkout/details.ts";
import { isIban } from "../payment-methods/other-kinds.ts";
import type { CardEntry } from "../payment-methods/shape.ts";
import type { ErrorWord } from "./error-words.ts";

export const fieldNames = [
  "email",
  "method",
  "iban",
  "accountHolder",
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
  "shippingRate",
] as const;
export type FieldName = (typeof fieldNames)[number];
export type FieldValues = Record<FieldName, string>;
/** Each error by the word that the page says in its language. */
export type FieldErrors = Partial<Record<FieldName, ErrorWord>>;

/** What the page asks for. */
export interface Asked {
  /** Known already, so not asked. */
  email: string | null;
  shippingCountries: readonly string[] | null;
  /** Whether a debit from a bank account may be chosen instead of a card. */
  debit?: boolean;
  /** Whether a way to pay is asked for at all. */
  method?: boolean;
  /** Seconds on the sandbox clock: a card that is valid must still be so then. */
  now: number;
  /** What was answered to the shop's own questions. */
  answers?: Record<string, string>;
}

export type CheckedForm =
  | { valid: true; buyer: Buyer; card: CardEntry; iban: null }
  | { valid: true; buyer: Buyer; card: null; iban: string }
  | { valid: true; buyer: Buyer; card: null; iban: null }
  | { valid: false; errors: FieldErrors };

export function emptyValues(): FieldValues {
  return Object.fromEntries(fieldNames.map((name) => [name, ""])) as FieldValues;
}

/** What a buyer had filled in, without the card: that is kept nowhere. */
export function valuesOf(buyer: Buyer | undefined): FieldValues {
  if (!buyer) return emptyValues();
  const { email, name, country, shipping } = buyer;
  return {
    ...emptyValues(),
    email,
    billingName: name,
    billingCountry: country ?? "",
    ...(shipping && {
      shippingName: shipping.name,
      shippingLine1: shipping.line1,
      shippingPostalCode: shipping.postalCode,
      shippingCity: shipping.city,
      shippingCountry: shipping.country,
    }),
  };
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

function numberError(digits: string, behavior: CardBehavior | undefined): ErrorWord | undefined {
  if (digits === "") return "number";
  if (digits.length < 12 || !/^\d+$/.test(digits)) return "numberShort";
  if (!passesLuhn(digits)) return "numberWrong";
  if (!behavior) return "numberReal";
  return undefined;
}

function expiryError(text: string, now: number): ErrorWord | undefined {
  if (text === "") return "expiry";
  const expiry = readExpiry(text);
  if (!expiry) return "expiryForm";
  if (expiry.month < 1 || expiry.month > 12) return "expiryMonth";
  const today = new Date(now * 1000);
  const behind = expiry.year * 12 + expiry.month - (today.getUTCFullYear() * 12 + today.getUTCMonth() + 1);
  if (behind < 0) return "expiryPast";
  if (behind > 50 * 12) return "expiryYear";
  return undefined;
}

function cvcError(cvc: string, digits: string): ErrorWord | undefined {
  if (cvc === "") return "cvc";
  const length = brandOf(digits) === "amex" ? 4 : 3;
  return /^\d+$/.test(cvc) && cvc.length === length ? undefined : "cvcForm";
}

function shippingErrors(values: FieldValues, countries: readonly string[]): FieldErrors {
  const errors: FieldErrors = {};
  if (values.shippingName === "") errors.shippingName = "recipient";
  if (values.shippingLine1 === "") errors.shippingLine1 = "line1";
  if (values.shippingPostalCode === "") errors.shippingPostalCode = "postalCode";
  if (values.shippingCity === "") errors.shippingCity = "city";
  if (!countries.includes(values.shippingCountry)) errors.shippingCountry = "country";
  return errors;
}

function emailError(email: string): ErrorWord | undefined {
  if (email === "") return "email";
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) ? undefined : "emailForm";
}

function ibanError(iban: string): ErrorWord | undefined {
  if (iban === "") return "iban";
  return isIban(iban) ? undefined : "ibanWrong";
}

/** Checks everything at once, so that the page can show every error under its field. */
export function checkForm(values: FieldValues, asked: Asked): CheckedForm {
  const digits = values.cardNumber.replace(/[\s-]/g, "");
  const behavior = cardByNumber(digits);
  const email = asked.email ?? values.email;
  const debit = asked.debit === true && values.method === "sepa_debit";
  const iban = values.iban.replace(/\s/g, "").toUpperCase();
  const name = debit ? values.accountHolder : values.billingName;
  const found: { [Name in FieldName]?: ErrorWord | undefined } = {
    email: asked.email === null ? emailError(email) : undefined,
    ...(asked.method === false
      ? {}
      : debit
        ? { iban: ibanError(iban), accountHolder: values.accountHolder === "" ? "holder" : undefined }
        : {
            cardNumber: numberError(digits, behavior),
            cardExpiry: expiryError(values.cardExpiry, asked.now),
            cardCvc: cvcError(values.cardCvc, digits),
            billingName: values.billingName === "" ? "name" : undefined,
          }),
    ...(asked.shippingCountries ? shippingErrors(values, asked.shippingCountries) : {}),
  };
  const errors = Object.fromEntries(
    Object.entries(found).filter(([, message]) => message !== undefined),
  ) as FieldErrors;
  const expiry = readExpiry(values.cardExpiry);
  if (Object.keys(errors).length > 0) return { valid: false, errors };
  const country = asked.shippingCountries ? values.shippingCountry : values.billingCountry || null;
  const buyer: Buyer = {
    answers: asked.answers ?? {},
    email,
    name,
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
  };
  if (asked.method === false) return { valid: true, buyer, card: null, iban: null };
  if (debit) return { valid: true, buyer, card: null, iban };
  if (!behavior || !expiry) return { valid: false, errors };
  return {
    valid: true,
    buyer,
    iban: null,
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
