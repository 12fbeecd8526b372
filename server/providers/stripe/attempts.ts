import type Stripe from "stripe";
import type { AttemptFacts, CardFacts } from "../../payments/gateway.ts";

/** How the brands are written; an unknown one stands as Stripe writes it. */
const BRANDS = new Map(
  Object.entries({
    amex: "American Express",
    cartes_bancaires: "Cartes Bancaires",
    diners: "Diners Club",
    discover: "Discover",
    jcb: "JCB",
    mastercard: "Mastercard",
    unionpay: "UnionPay",
    visa: "Visa",
  }),
);

/** A charge is one try at a card. */
export function attemptFacts(charge: Stripe.Charge): AttemptFacts {
  const outcome = { succeeded: "approved", failed: "declined", pending: "pending" } as const;
  return {
    externalId: charge.id,
    outcome: outcome[charge.status as keyof typeof outcome] ?? "pending",
    declineCode: declineCode(charge),
    message: charge.failure_message,
    card: cardFacts(charge),
    at: new Date(charge.created * 1000),
  };
}

/** Stripe says `card_declined` and the bank's reason elsewhere; every other failure code is the reason itself. */
function declineCode(charge: Stripe.Charge): string | null {
  if (charge.status !== "failed") return null;
  if (charge.failure_code !== "card_declined") return charge.failure_code ?? "generic_decline";
  return charge.outcome?.reason ?? "generic_decline";
}

function cardFacts(charge: Stripe.Charge): CardFacts | null {
  const card = charge.payment_method_details?.card;
  if (!card?.last4) return null;
  return {
    brand: BRANDS.get(card.brand ?? "") ?? card.brand ?? "card",
    last4: card.last4,
    expiryMonth: card.exp_month,
    expiryYear: card.exp_year,
  };
}
