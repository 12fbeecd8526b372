import { createHash } from "node:crypto";
import { newId } from "../../ids.ts";
import { invalid } from "../api/errors.ts";
import { hash, required, text } from "../api/params.ts";
import type { Unit } from "../unit.ts";
import type { PaymentMethod } from "../wire.ts";

/** What is sent for each kind of payment method beside cards; none of these can be charged but a bank debit in Checkout. */
export const otherParams = {
  acss_debit: hash({
    account_number: required(text()),
    institution_number: required(text()),
    transit_number: required(text()),
  }),
  afterpay_clearpay: hash({}),
  alipay: hash({}),
  bancontact: hash({}),
  boleto: hash({ tax_id: required(text()) }),
  eps: hash({ bank: text() }),
  fpx: hash({ account_holder_type: text(), bank: required(text()) }),
  giropay: hash({}),
  grabpay: hash({}),
  ideal: hash({ bank: text() }),
  oxxo: hash({}),
  p24: hash({ bank: text() }),
  sepa_debit: hash({ iban: required(text()) }),
  sofort: hash({ country: required(text()) }),
  wechat_pay: hash({}),
};
export type OtherKind = keyof typeof otherParams;
export const otherKinds = Object.keys(otherParams) as OtherKind[];

type Sent = Record<string, string | undefined>;

function fingerprint(of: string): string {
  return createHash("sha256")
    .update(of)
    .digest("base64url")
    .replace(/[^a-zA-Z0-9]/g, "")
    .slice(0, 16);
}

/** The codes of banks, for those whose code is known here. */
const bics: Record<string, string> = { abn_amro: "ABNANL2A", ing: "INGBNL2A", rabobank: "RABONL2U" };

/** Whether the two check digits of an account number are right. */
export function isIban(iban: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(iban)) return false;
  const digits = `${iban.slice(4)}${iban.slice(0, 4)}`.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}

function debit(sent: string): NonNullable<PaymentMethod["sepa_debit"]> {
  const iban = sent.replace(/\s/g, "").toUpperCase();
  if (!isIban(iban))
    throw invalid("The IBAN you provided is invalid.", "sepa_debit[iban]", "invalid_bank_account_iban");
  return {
    bank_code: iban.slice(4, iban.startsWith("DE") ? 12 : 8),
    branch_code: "",
    country: iban.slice(0, 2),
    fingerprint: fingerprint(iban),
    generated_from: { charge: null, setup_attempt: null },
    last4: iban.slice(-4),
  };
}

/** What the provider shows of a kind beyond what was sent. */
const shown: Record<OtherKind, (sent: Sent) => object> = {
  acss_debit: (sent) => ({
    bank_name: "STRIPE TEST BANK",
    fingerprint: fingerprint(JSON.stringify(sent)),
    institution_number: sent.institution_number,
    last4: sent.account_number?.slice(-4),
    transit_number: sent.transit_number,
  }),
  afterpay_clearpay: () => ({}),
  alipay: () => ({}),
  bancontact: () => ({}),
  boleto: (sent) => ({ tax_id: sent.tax_id }),
  eps: (sent) => ({ bank: sent.bank ?? null }),
  fpx: (sent) => ({ account_holder_type: sent.account_holder_type ?? "individual", bank: sent.bank }),
  giropay: () => ({}),
  grabpay: () => ({}),
  ideal: (sent) => ({ bank: sent.bank ?? null, bic: bics[sent.bank ?? ""] ?? null }),
  oxxo: () => ({}),
  p24: (sent) => ({ bank: sent.bank ?? null }),
  sepa_debit: (sent) => debit(sent.iban ?? ""),
  sofort: (sent) => ({ country: sent.country }),
  wechat_pay: () => ({}),
};

/** A payment method that is no card, as it is shown; stored, and not a customer's yet. */
export function newOtherMethod(
  unit: Unit,
  kind: OtherKind,
  sent: Sent | undefined,
  given: Pick<PaymentMethod, "billing_details" | "allow_redisplay" | "metadata">,
): PaymentMethod {
  return unit.world.paymentMethods.insert({
    id: newId("pm"),
    object: "payment_method",
    ...given,
    created: unit.now,
    customer: null,
    customer_account: null,
    livemode: false,
    type: kind,
    [kind]: shown[kind](sent ?? {}),
  });
}
