import type { DeclineReason } from "./declines.ts";

/** How a test card behaves. */
export interface CardBehavior {
  brand: "visa" | "mastercard" | "amex" | "discover";
  last4: string;
  funding: "credit" | "debit";
  country: string;
  /** Refused at once, even to be saved. */
  refusedAtOnce: DeclineReason | null;
  /** Can be saved, and is refused when charged. */
  refusedOnCharge: DeclineReason | null;
  /** Whether the customer must approve: on a first payment, on every payment, or never. */
  approval: "never" | "first" | "always";
  /** What the bank says after approval, if it still refuses. */
  refusedAfterApproval: DeclineReason | null;
  /** Refunds arrive a day later, or fail then; at once unless told. */
  refunds?: "later" | "fail";
  /** What the cardholder tells the bank as soon as a charge went through. */
  disputes?: "fraudulent" | "product_not_received" | "inquiry" | "twice";
  /** The network warns of fraud before anybody disputes. */
  warnsOfFraud?: true;
  /** How sure the provider is that all is well. */
  risk?: "elevated" | "highest";
  /** What the bank says of security code, postal code and address; everything agrees unless told. */
  checks?: "cvc_fails" | "postal_code_fails" | "line1_fails" | "address_fails" | "unchecked";
}
