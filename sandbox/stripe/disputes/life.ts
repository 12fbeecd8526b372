import { newId } from "../../ids.ts";
import { bookBalance } from "../charges/balance.ts";
import { change, create, type Unit } from "../unit.ts";
import type { Charge, Dispute } from "../wire.ts";
import { idOf } from "../world.ts";

const day = 86_400;
/** How long a seller may answer, and how long the bank then thinks. */
const [answerSeconds, judgingSeconds] = [9 * day, 7 * day];
/** What the provider keeps for a dispute, in the smallest unit. */
const disputeFee = 15_00;

const noEvidence: Dispute["evidence"] = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
};

export type DisputeKind = "fraudulent" | "product_not_received" | "inquiry";

const networkReasons: Record<DisputeKind, string> = {
  fraudulent: "10.4",
  inquiry: "10.4",
  product_not_received: "13.1",
};

/** The cardholder turns to the bank: the money is taken back at once, unless it is only asked about. */
export function openDispute(
  unit: Unit,
  charge: Charge,
  kind: DisputeKind,
  amount = charge.amount_captured - charge.amount_refunded,
): Dispute {
  const { world } = unit;
  const inquiry = kind === "inquiry";
  const id = newId("du");
  const dispute: Dispute = {
    id,
    object: "dispute",
    amount,
    balance_transactions: [],
    charge: charge.id,
    created: unit.now,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: {
      ...noEvidence,
      customer_email_address: charge.billing_details.email,
      customer_name: charge.billing_details.name,
    },
    evidence_details: {
      due_by: unit.now + answerSeconds,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: "not_submitted",
    },
    intended_submission_method: null,
    is_charge_refundable: inquiry,
    livemode: false,
    metadata: {},
    network_reason_code: networkReasons[kind],
    payment_intent: charge.payment_intent,
    payment_method_details: {
      card: {
        brand: charge.payment_method_details?.card?.brand ?? "visa",
        network: charge.payment_method_details?.card?.network ?? "visa",
        case_type: inquiry ? "inquiry" : "chargeback",
        network_reason_code: networkReasons[kind],
      },
      type: "card",
    },
    reason: inquiry ? "fraudulent" : kind,
    status: inquiry ? "warning_needs_response" : "needs_response",
  };
  create(unit, world.disputes, dispute, "charge.dispute.created");
  world.due.put({ kind: "dispute.decide", id, at: unit.now + answerSeconds });
  change(unit, world.charges, charge, { disputed: true }, "charge.updated");
  return inquiry ? dispute : withdraw(unit, dispute);
}

/** Two disputes about one charge, of half of it each. */
export function openTwoDisputes(unit: Unit, charge: Charge): void {
  const half = Math.floor(charge.amount_captured / 2);
  openDispute(unit, charge, "fraudulent", half);
  openDispute(unit, unit.world.charges.get(charge.id) ?? charge, "fraudulent", charge.amount_captured - half);
}

function withdraw(unit: Unit, dispute: Dispute): Dispute {
  const booked = bookBalance(
    unit,
    "adjustment",
    { id: dispute.id, currency: dispute.currency, description: `Chargeback withdrawal for ${idOf(dispute.charge)}` },
    -dispute.amount,
    disputeFee,
  );
  return change(
    unit,
    unit.world.disputes,
    dispute,
    { balance_transactions: [...dispute.balance_transactions, booked] },
    "charge.dispute.funds_withdrawn",
  );
}

/** The seller's evidence goes to the bank, which then thinks. Two phrases decide what it will say. */
export function submitEvidence(unit: Unit, dispute: Dispute): Dispute {
  const warning = dispute.status.startsWith("warning");
  unit.world.due.put({ kind: "dispute.decide", id: dispute.id, at: unit.now + judgingSeconds });
  const details = dispute.evidence_details;
  return change(
    unit,
    unit.world.disputes,
    dispute,
    {
      evidence_details: {
        ...details,
        has_evidence: true,
        submission_count: details.submission_count + 1,
        submission_method: "manual",
      },
      status: warning ? "warning_under_review" : "under_review",
    },
    "charge.dispute.updated",
  );
}

/** How it ends: won gives the money back, an inquiry just closes, and silence or losing evidence loses. */
export function closeDispute(unit: Unit, dispute: Dispute, won: boolean): Dispute {
  const { world } = unit;
  world.due.drop("dispute.decide", dispute.id);
  const warning = dispute.status.startsWith("warning");
  const status = warning ? "warning_closed" : won ? "won" : "lost";
  const closed = change(
    unit,
    world.disputes,
    dispute,
    { is_charge_refundable: warning, status },
    "charge.dispute.closed",
  );
  const charge = world.charges.get(idOf(dispute.charge) ?? "");
  if (charge && (won || warning)) change(unit, world.charges, charge, { disputed: false }, "charge.updated");
  if (!won || warning) return closed;
  const booked = bookBalance(
    unit,
    "adjustment",
    { id: dispute.id, currency: dispute.currency, description: `Chargeback reversal for ${idOf(dispute.charge)}` },
    dispute.amount,
    0,
  );
  return change(
    unit,
    world.disputes,
    closed,
    { balance_transactions: [...closed.balance_transactions, booked] },
    "charge.dispute.funds_reinstated",
  );
}

const open = new Set<string>(["needs_response", "under_review", "warning_needs_response", "warning_under_review"]);

export function isOpen(dispute: Dispute): boolean {
  return open.has(dispute.status);
}

/** The bank decides: by the evidence it was sent, and against a seller who said nothing. */
export function decideDispute(unit: Unit, id: string): void {
  const dispute = unit.world.disputes.get(id);
  if (!dispute || !isOpen(dispute)) return;
  closeDispute(unit, dispute, dispute.evidence.uncategorized_text === "winning_evidence");
}
