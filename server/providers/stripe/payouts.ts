import type Stripe from "stripe";
import type { PayoutFacts, PayoutGateway } from "../../payments/payout-gateway.ts";
import { findStripe } from "./client.ts";
import { instant, upper } from "./mapping.ts";

const STATUSES = ["pending", "in_transit", "paid", "failed", "canceled"] as const;

/** A word that is new to us is one of something that has not ended yet. */
export function payoutFacts(payout: Stripe.Payout): PayoutFacts {
  return {
    externalId: payout.id,
    status: STATUSES.find((known) => known === payout.status) ?? "pending",
    amount: payout.amount,
    currency: upper(payout.currency),
    arrivalAt: instant(payout.arrival_date),
    failureCode: payout.failure_code,
    failureMessage: payout.failure_message,
    createdAt: instant(payout.created),
  };
}

export function stripePayouts(stripe: Stripe): PayoutGateway {
  return {
    async findPayout(externalId) {
      const payout = await findStripe(() => stripe.payouts.retrieve(externalId));
      return payout && payoutFacts(payout);
    },
  };
}
