import { invalid, missing, StripeFault } from "../api/errors.ts";
import { mergeMetadata, metadata } from "../api/metadata.ts";
import { allLater, currency, email, flag, inert, integer, required, text, type Values } from "../api/params.ts";
import { declineFor } from "../cards/declines.ts";
import { cardOf } from "../customers/sources.ts";
import { inParam } from "../lookups.ts";
import { judge } from "../payment-intents/pay.ts";
import { shipping, shippingOf } from "../payment-intents/shipping.ts";
import { cardOfToken, isSource } from "../payment-methods/attach.ts";
import { behaviorNow } from "../payment-methods/replace.ts";
import { cardFault } from "../subscriptions/card-fault.ts";
import { create, type Unit } from "../unit.ts";
import type { Charge, PaymentMethod } from "../wire.ts";
import { idOf } from "../world.ts";
import { checkAmount } from "./amount.ts";
import { awaitCapture } from "./capture.ts";
import { newCharge } from "./shape.ts";
import { takeMoney } from "./take.ts";

export const chargeParams = {
  ...allLater(
    "application_fee",
    "application_fee_amount",
    "destination",
    "on_behalf_of",
    "statement_descriptor",
    "statement_descriptor_suffix",
    "transfer_data",
    "transfer_group",
  ),
  amount: required(integer()),
  capture: flag(),
  currency: required(currency()),
  customer: text(),
  description: text(1000),
  metadata: metadata(),
  radar_options: inert(),
  receipt_email: email(),
  shipping,
  source: text(),
};

/** 402: there is no card to charge. */
function noCard(message: string, param: string): StripeFault {
  return new StripeFault(402, { type: "card_error", code: "missing", message, param }, true);
}

/** The card that is charged: a customer's own, the usual one unless it is named, or the one that a token stands for. */
function cardToCharge(unit: Unit, customer: string | undefined, source: string | undefined): PaymentMethod {
  const { world } = unit;
  if (customer === undefined) {
    if (source === undefined) throw invalid("Must provide source or customer.", undefined, "parameter_missing");
    const named = cardOfToken(unit, source);
    if (named) return named;
    throw missing("token", source, "source", false);
  }
  const owner = inParam(world.customers, customer, "customer");
  const id = source ?? idOf(owner.default_source);
  if (id === null) throw noCard("Cannot charge a customer that has no active card", "card");
  const card = world.paymentMethods.get(id);
  if (card && isSource(card) && idOf(card.customer) === owner.id) return card;
  throw noCard(`Customer ${owner.id} does not have a linked source with ID ${id}.`, "source");
}

/**
 * Charges a card without a payment around it, as was usual before there were any. A refusal leaves its failed charge behind. Nobody
 * can approve such a charge: a card that asks for approval is refused.
 */
export function createCharge(unit: Unit, params: Values<typeof chargeParams>): Charge | StripeFault {
  checkAmount(params.amount, params.currency);
  const card = cardToCharge(unit, params.customer, params.source);
  const behavior = behaviorNow(unit, card);
  if (!behavior) throw new Error(`nothing is known of the card ${card.id}`);
  const verdict = judge(behavior, { approved: false, offSession: false });
  const decline = verdict && declineFor(verdict === "needs_approval" ? "authentication" : verdict);
  const asked = {
    id: null,
    amount: params.amount,
    capture_method: params.capture === false ? ("manual" as const) : ("automatic" as const),
    currency: params.currency,
    customer: params.customer ?? null,
    description: params.description ?? null,
    metadata: mergeMetadata({}, params.metadata),
    receipt_email: params.receipt_email ?? null,
    shipping: shippingOf(params.shipping),
  };
  const made = { ...newCharge(unit, asked, card, false, decline), source: cardOf(card) };
  const charge = create(unit, unit.world.charges, made, decline ? "charge.failed" : "charge.succeeded");
  if (decline) {
    const fault = cardFault(decline);
    return new StripeFault(fault.status, { ...fault.body, charge: charge.id }, true);
  }
  if (charge.captured) return takeMoney(unit, charge, behavior);
  awaitCapture(unit, charge);
  return charge;
}
