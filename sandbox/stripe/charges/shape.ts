import { newId, randomText } from "../../ids.ts";
import type { CardBehavior } from "../cards/behavior.ts";
import type { Decline } from "../cards/declines.ts";
import type { Unit } from "../unit.ts";
import type { Charge, PaymentIntent, PaymentMethod } from "../wire.ts";

/** What a charge is made for: a payment, or nothing but itself. */
export type Asked = Pick<
  PaymentIntent,
  "amount" | "capture_method" | "currency" | "customer" | "description" | "metadata" | "receipt_email" | "shipping"
> & { id: string | null; payment_method_options?: PaymentIntent["payment_method_options"] };

/** How long money that is only reserved can be taken. */
export const reservedSeconds = 7 * 86_400;

type CardDetails = NonNullable<NonNullable<Charge["payment_method_details"]>["card"]>;

function cardDetails(
  unit: Unit,
  intent: Asked,
  method: PaymentMethod,
  approved: boolean,
  decline: Decline | null,
): CardDetails | undefined {
  const card = method.card;
  if (!card) return undefined;
  const failedCvc = decline?.code === "incorrect_cvc";
  const reserved = !decline && intent.capture_method === "manual";
  const canGrow = reserved && intent.payment_method_options?.card?.request_incremental_authorization === "if_available";
  return {
    amount_authorized: decline ? null : intent.amount,
    authorization_code: decline ? null : randomText(6, "0123456789"),
    brand: card.brand,
    ...(reserved ? { capture_before: unit.now + reservedSeconds } : {}),
    checks: card.checks
      ? { ...card.checks, cvc_check: failedCvc ? "fail" : card.checks.cvc_check }
      : { address_line1_check: null, address_postal_code_check: null, cvc_check: failedCvc ? "fail" : "pass" },
    country: card.country,
    electronic_commerce_indicator: approved ? "05" : null,
    exp_month: card.exp_month,
    exp_year: card.exp_year,
    extended_authorization: { status: "disabled" },
    fingerprint: card.fingerprint ?? null,
    funding: card.funding,
    incremental_authorization: { status: canGrow ? "available" : "unavailable" },
    installments: null,
    last4: card.last4,
    mandate: null,
    multicapture: { status: "unavailable" },
    network: card.brand,
    network_token: { used: false },
    network_transaction_id: randomText(15, "0123456789"),
    overcapture: { maximum_amount_capturable: intent.amount, status: "unavailable" },
    regulated_status: "unregulated",
    transaction_link_id: null,
    three_d_secure: approved
      ? {
          authentication_flow: "challenge",
          electronic_commerce_indicator: "05",
          exemption_indicator: null,
          result: "authenticated",
          result_reason: null,
          transaction_id: null,
          version: "2.2.0",
        }
      : null,
    wallet: null,
  };
}

/** What a charge shows of a bank account. */
function debitDetails({ sepa_debit: debit }: PaymentMethod): Charge["payment_method_details"] {
  const { bank_code = null, branch_code = null, country = null, fingerprint = null, last4 = null } = debit ?? {};
  return { sepa_debit: { bank_code, branch_code, country, fingerprint, last4, mandate: null }, type: "sepa_debit" };
}

function outcome(decline: Decline | null, risk: CardBehavior["risk"]): Charge["outcome"] {
  return {
    advice_code: decline ? (decline.advice as "try_again_later" | null) : null,
    network_advice_code: null,
    network_decline_code: decline?.networkCode ?? null,
    network_status: decline ? "declined_by_network" : "approved_by_network",
    reason: decline ? (decline.declineCode ?? decline.code) : null,
    risk_level: risk ?? "normal",
    risk_score: risk === "highest" ? 92 : risk === "elevated" ? 70 : 12,
    seller_message: decline ? "The bank did not return any further details with this decline." : "Payment complete.",
    type: decline ? "issuer_declined" : "authorized",
  };
}

/** One try to charge a card for a payment, as the bank answered it. */
export function newCharge(
  unit: Unit,
  intent: Asked,
  method: PaymentMethod,
  approved: boolean,
  decline: Decline | null,
): Charge {
  const card = cardDetails(unit, intent, method, approved, decline);
  const id = newId(card ? "ch" : "py");
  const captured = !decline && intent.capture_method !== "manual";
  return {
    id,
    object: "charge",
    amount: intent.amount,
    amount_captured: captured ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: unit.world.merchantName.toUpperCase().slice(0, 22),
    captured,
    created: unit.now,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: outcome(decline, unit.world.cards.get(method.id)?.behavior.risk),
    paid: !decline,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: card ? { card, type: "card" } : debitDetails(method),
    radar_options: {},
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: decline ? null : `${unit.world.publicUrl}/receipts/${id}`,
    refunded: false,
    review: null,
    shipping: intent.shipping,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: decline ? "failed" : "succeeded",
    transfer_data: null,
    transfer_group: null,
  };
}
