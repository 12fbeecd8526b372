import type Stripe from "stripe";
import type { PaymentFacts, PaymentGateway } from "../../payments/gateway.ts";
import { callStripe, findStripe } from "./client.ts";
import { expanded, paymentFacts } from "./mapping.ts";

/** Dispute states in which the money is ours after all; one that was prevented had never begun. */
const WON: readonly string[] = ["won", "warning_closed"];
const OURS: readonly string[] = [...WON, "prevented"];

/** Reads a payment intent with every charge that was tried, and whether one is disputed. */
export async function readPayment(stripe: Stripe, intent: Stripe.PaymentIntent): Promise<PaymentFacts> {
  return withCharges(stripe, intent, await chargesOf(stripe, intent.id));
}

/** The same of one that is known by its id: as soon as it was tried, its charges bring it along. */
export async function readPaymentOf(stripe: Stripe, intentId: string): Promise<PaymentFacts> {
  const charges = await chargesOf(stripe, intentId, ["data.payment_intent"]);
  const came = expanded(charges.data[0]?.payment_intent);
  const intent = came ?? (await callStripe("read", () => stripe.paymentIntents.retrieve(intentId)));
  return withCharges(stripe, intent, charges);
}

function chargesOf(stripe: Stripe, intentId: string, expand: string[] = []) {
  return callStripe("read", () => stripe.charges.list({ payment_intent: intentId, limit: 100, expand }));
}

async function withCharges(
  stripe: Stripe,
  intent: Stripe.PaymentIntent,
  charges: Stripe.ApiList<Stripe.Charge>,
): Promise<PaymentFacts> {
  const disputed = charges.data.some((charge) => charge.disputed);
  return paymentFacts(intent, charges.data, disputed ? await disputesOf(stripe, intent.id) : NO_DISPUTES);
}

const NO_DISPUTES = { open: false, won: 0 };

async function disputesOf(stripe: Stripe, intentId: string): Promise<typeof NO_DISPUTES> {
  const disputes = await callStripe("read", () => stripe.disputes.list({ payment_intent: intentId, limit: 100 }));
  return {
    open: disputes.data.some(({ status }) => !OURS.includes(status)),
    won: disputes.data.filter(({ status }) => WON.includes(status)).length,
  };
}

export function stripePayments(stripe: Stripe): PaymentGateway {
  return {
    async findPayment(externalId) {
      const intent = await findStripe(() => stripe.paymentIntents.retrieve(externalId));
      return intent && readPayment(stripe, intent);
    },
  };
}
