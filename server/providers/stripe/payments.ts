import type Stripe from "stripe";
import type { PaymentFacts, PaymentGateway } from "../../payments/gateway.ts";
import { callStripe, findStripe } from "./client.ts";
import { paymentFacts } from "./mapping.ts";

/** Dispute states in which the money is ours after all. */
const OURS = new Set(["won", "warning_closed", "prevented"]);

/** Reads a payment intent with every charge that was tried, and whether one is disputed. */
export async function readPayment(stripe: Stripe, intent: Stripe.PaymentIntent): Promise<PaymentFacts> {
  const charges = await callStripe("read", () => stripe.charges.list({ payment_intent: intent.id, limit: 100 }));
  const disputed = charges.data.some((charge) => charge.disputed) && (await hasOpenDispute(stripe, intent.id));
  return paymentFacts(intent, charges.data, disputed);
}

async function hasOpenDispute(stripe: Stripe, intentId: string): Promise<boolean> {
  const disputes = await callStripe("read", () => stripe.disputes.list({ payment_intent: intentId, limit: 100 }));
  return disputes.data.some((dispute) => !OURS.has(dispute.status));
}

export function stripePayments(stripe: Stripe): PaymentGateway {
  return {
    async findPayment(externalId) {
      const intent = await findStripe(() => stripe.paymentIntents.retrieve(externalId));
      return intent && readPayment(stripe, intent);
    },
  };
}
