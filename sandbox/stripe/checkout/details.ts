import type { LineTax } from "../taxes/line-taxes.ts";
import type { CheckoutLine } from "../wire.ts";

/** What a hosted checkout knows beyond what the API shows of it. */
export interface CheckoutDetails {
  /** The session's id. */
  id: string;
  created: number;
  lines: CheckoutLine[];
  subscriptionData: {
    description: string | null;
    metadata: Record<string, string>;
    /** A trial, as days from the purchase or until an instant. */
    trialDays: number | null;
    trialEnd: number | null;
    /** What the trial's end brings when no card is there then. */
    withoutCard: "cancel" | "create_invoice" | "pause" | null;
  };
  /** The tax rates of each line, by its id; a line without has the usual ones. */
  rates?: Record<string, string[]>;
  usualRates?: string[];
  /** What the rates of each line come to. */
  lineTaxes?: Record<string, LineTax[]>;
  /** The coupon that is taken off. */
  couponId: string | null;
  /** The code that stands for it, when one was named or typed in. */
  promotionCodeId?: string | null;
  paymentData: {
    description: string | null;
    metadata: Record<string, string>;
    receiptEmail: string | null;
    setupFutureUsage: "off_session" | "on_session" | null;
  };
  /** The payment that tries go to; made at the first try. */
  intentId: string | null;
  /** Waiting for the customer's approval at the bank: the card that was entered and what was filled in beside it. */
  pending: { methodId: string; buyer: Buyer } | null;
  /** What was filled in before that, when the bank's page led to no payment. */
  typed?: Buyer;
}

/** What the customer filled in on the hosted page, cards aside. */
export interface Buyer {
  email: string;
  name: string;
  country: string | null;
  /** What was answered to the shop's own questions, by key. */
  answers?: Record<string, string>;
  shipping: { name: string; line1: string; postalCode: string; city: string; country: string } | null;
}
